using Packit.Bodhi;

namespace Packit.Sandbox.Tests;

/// <summary>The service's own client, without a change, on the stand-in.</summary>
public sealed class BodhiClientTests : BodhiStory
{
    private const string Nvr = "hello-1.0-1.fc43";

    [Fact]
    public async Task An_update_is_made_found_edited_and_followed_to_stable()
    {
        await LoginAsync();
        var client = Client();
        Assert.Equal("packit", await client.LoggedInUserAsync(Ct));

        var made = await client.CreateUpdateAsync(new UpdateDraft { Builds = [Nvr], Notes = "Update to 1.0", Bugs = [2401111], StableKarma = 1, DisplayName = "Hello" }, Ct);
        string alias = Assert.Single(made.Updates).Alias;
        Assert.Equal(alias, (await client.LiveUpdateOfAsync([Nvr], Ct))!.Alias);
        var edited = Assert.Single((await client.EditUpdateAsync(alias, draft => draft with { Notes = "Better notes" }, Ct)).Updates);

        Assert.Equal(("Better notes", 1, "Hello"), (edited.Notes, edited.StableKarma, edited.DisplayName));
        Assert.NotEmpty(made.Caveats);
        World.Bodhi.PushToTesting(alias);
        Assert.Equal(UpdateStatus.Testing, (await client.UpdateAsync(alias, Ct))!.Status);
        World.Bodhi.PushToStable(alias);
        Assert.Equal(UpdateStatus.Stable, (await client.UpdateAsync(alias, Ct))!.Status);
    }

    [Fact]
    public async Task A_login_that_has_ended_is_renewed_in_the_middle_of_the_work()
    {
        await LoginAsync();
        var client = Client();
        await client.CreateUpdateAsync(new UpdateDraft { Builds = [Nvr], Notes = "First" }, Ct);
        World.Identity.EndTokens(refreshTokens: true);
        World.Bodhi.EndSessions();

        var second = await client.CreateUpdateAsync(new UpdateDraft { Builds = ["hello-1.1-1.fc43"], Notes = "Second" }, Ct);

        Assert.Equal("Second\n\n----\n\nFirst", Assert.Single(second.Updates).Notes);
    }

    [Theory]
    [InlineData("hello-1.1-1.fc43", BodhiRefusal.AlreadyExists)]
    [InlineData("hello-9.9-1.fc43", BodhiRefusal.BuildUnknown)]
    [InlineData("hello-5-1.fc43", BodhiRefusal.NotTagged)]
    [InlineData("hello-2.0-1.fc44", BodhiRefusal.AutomaticUpdates)]
    [InlineData("foreign-1-1.fc43", BodhiRefusal.NoRights)]
    public async Task Refusals_are_understood(string nvr, BodhiRefusal meaning)
    {
        await LoginAsync();
        Koji.Add("hello-5-1.fc43", "f43-signing-pending");
        Koji.Add("hello-2.0-1.fc44", "f44-updates-candidate");
        Koji.Add("foreign-1-1.fc43", "f43-updates-candidate");
        var client = Client();
        await client.CreateUpdateAsync(new UpdateDraft { Builds = ["hello-1.1-1.fc43"], Notes = "First" }, Ct);

        var refused = await Assert.ThrowsAsync<BodhiException>(() => client.CreateUpdateAsync(new UpdateDraft { Builds = [nvr], Notes = "Again" }, Ct));

        Assert.Equal(meaning, refused.Refusal);
    }

    private BodhiClient Client() => new(
        BodhiClients.Api(World.BodhiApi, "story", TimeProvider.System),
        BodhiClients.Login(new OidcOptions { Issuer = World.OpenIdIssuer }, "story", TimeProvider.System),
        Clock);
}
