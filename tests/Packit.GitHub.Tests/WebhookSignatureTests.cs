using Packit.Http;

namespace Packit.GitHub.Tests;

public class WebhookSignatureTests
{
    /// <summary>The example in GitHub's documentation.</summary>
    private const string Known = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static readonly byte[] Body = "Hello, World!"u8.ToArray();
    private static readonly Secret Secret = new("It's a Secret to Everybody");
    private static readonly Secret Other = new("other");

    [Fact]
    public void The_documented_example_is_valid() =>
        Assert.Equal(new SignatureResult.Valid(0), WebhookSignature.Verify(Body, Known, [Secret]));

    [Fact]
    public void During_a_rotation_the_result_tells_which_secret_signed() =>
        Assert.Equal(new SignatureResult.Valid(1), WebhookSignature.Verify(Body, Known, [Other, Secret]));

    [Fact]
    public void A_changed_body_or_another_secret_is_a_mismatch()
    {
        var changed = Assert.IsType<SignatureResult.Mismatch>(WebhookSignature.Verify("Hello, World?"u8, Known, [Secret]));
        Assert.Equal("Payload signature validation failed.", changed.Reason);
        Assert.IsType<SignatureResult.Mismatch>(WebhookSignature.Verify(Body, Known, [Other]));
        Assert.IsType<SignatureResult.Mismatch>(WebhookSignature.Verify([], Known, [Secret]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_header_is_told_apart(string? header)
    {
        var missing = Assert.IsType<SignatureResult.Missing>(WebhookSignature.Verify(Body, header, [Secret]));
        Assert.Equal("X-Hub-Signature-256 not in request.headers", missing.Reason);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha256=")]
    [InlineData("sha256=757107")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("SHA256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17 ")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, sha256=00")]
    public void An_odd_header_is_refused_with_the_text_of_a_mismatch(string header)
    {
        var odd = Assert.IsType<SignatureResult.Malformed>(WebhookSignature.Verify(Body, header, [Secret]));
        Assert.Equal("Payload signature validation failed.", odd.Reason);
    }

    [Fact]
    public void Nothing_is_accepted_without_a_secret_to_check_with() =>
        Assert.IsType<SignatureResult.NotConfigured>(WebhookSignature.Verify(Body, Known, []));

    [Fact]
    public void Recorded_deliveries_are_genuine()
    {
        var checkedDeliveries = 0;
        foreach (var (headers, body) in RecordedDelivery.All())
        {
            Assert.Equal(
                new SignatureResult.Valid(0),
                WebhookSignature.Verify(body, headers["X-Hub-Signature-256"], [new Secret("rig-webhook-secret")]));
            checkedDeliveries++;
        }

        Assert.True(checkedDeliveries > 10);
    }
}
