using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

/// <summary>The same requests as in the recordings of a real hub get answers with the same members and types.</summary>
public sealed class KojiRecordingTests : KojiStory
{
    /// <summary>Calls whose answers differ on purpose, with the reason.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["sslLogin"] = "the session is the story's own",
        ["logout"] = "the story goes on",
        ["editSideTag"] = "the recorded hub was set up with an invalid list of macros",
    };

    [Theory]
    [InlineData("0001.txt")]
    [InlineData("0005.txt")]
    [InlineData("0020.txt")]
    [InlineData("0062.txt")]
    public async Task A_recorded_client_is_answered_alike(string file)
    {
        string recording = Recordings.Text("koji-wire", file);
        var ids = await PlayUpAsync(file);
        int compared = 0;
        foreach (var (method, call, answer) in KojiWire.Exchanges(recording).Where(one => !Different.ContainsKey(one.Method)))
        {
            var expected = KojiWire.Read(answer);
            var actual = await ReplayAsync(Translate(call, ids));
            if (expected.Code == 0 && method is "build" or "createSideTag" or "tagBuild")
            {
                Learn(ids, method, expected, actual);
                await World.Koji.QuietAsync();
            }

            Compare(method, expected, actual, ids);
            compared++;
        }

        Assert.True(compared >= 4, $"{file} holds {compared} calls to compare.");
    }

    [Fact]
    public async Task Messages_of_the_bus_are_like_the_recorded_ones()
    {
        string[] numbers = ["0001", "0002", "0003", "0004", "0005", "0009", "0010", "0108"];
        var recorded = numbers.Select(Recordings.Message).ToList();
        var package = await PackageAsync();
        int task = await BuildAsync(package.Branches["f43"]);
        await World.Koji.FinishAsync(task);
        World.Koji.Untag("python-ogr-1.3-1.fc43", "f43-updates-candidate");
        await CallAsync("createSideTag", "f43-build");
        int scratch = await BuildAsync(package.Branches["f43"], options: new Dictionary<string, object?> { ["scratch"] = true });
        await World.Koji.FinishAsync(scratch);

        foreach (var theirs in recorded)
        {
            var own = World.Bus.History.First(message => message.Topic == theirs["routing_key"]!.ToString() && Step(JsonNode.Parse(message.Body)!) == Step(theirs["body"]!));
            Shape.Same(theirs["body"]!, JsonNode.Parse(own.Body)!);
            var headers = theirs["properties"]!["headers"]!.AsObject();
            var expected = headers.Select(header => header.Key).Where(name => !name.Contains("_rpm_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(expected, own.Headers().Select(header => header.Key).Where(name => !name.Contains("_rpm_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.All(
                (string[])["fedora_messaging_schema", "fedora_messaging_schema_package", "fedora_messaging_severity", "priority"],
                name => Assert.Equal(headers[name]!.ToJsonString(), own.Headers()[name]!.ToJsonString()));
        }
    }

    /// <summary>Which change a message tells of.</summary>
    private static string Step(JsonNode body) => $"{body["old"]} > {body["new"]}";

    /// <summary>Makes what stood in the recorded hub when the recording began, and tells which of its numbers are which of ours.</summary>
    private async Task<Dictionary<int, int>> PlayUpAsync(string file)
    {
        var package = await PackageAsync("1.3", "1%{?dist}.1111111");
        var ids = new Dictionary<int, int>();
        if (file == "0001.txt")
        {
            return ids;
        }

        World.Koji.AddForeignBuild("python-ogr-1.1-1.fc41.0123456", "packit", "f41-candidate");
        ids[3] = await BuildAsync(package.Branches["f41"], "f41-candidate");
        await World.Koji.FinishAsync(ids[3]);
        string next = await package.PushCommitAsync("f41", Files("1.4"), ct: Ct);
        ids[5] = await BuildAsync(next, "f41-candidate");
        await World.Koji.FailAsync(ids[5]);
        if (file == "0062.txt")
        {
            string last = await package.PushCommitAsync("f41", Files("1.6"), ct: Ct);
            ids[31] = await BuildAsync(last, "f41-candidate");
        }

        string first = (string)(await CallAsync("createSideTag", "f41-build", KojiWire.Keywords(("debuginfo", true))))["name"]!;
        ids[17] = int.Parse(first.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
        return ids;
    }

    private async Task<KojiAnswer> ReplayAsync(string xml)
    {
        string method = xml.Split("<methodName>")[1].Split("</methodName>")[0];
        if (method is "build" or "createSideTag" or "removeSideTag" or "tagBuild" or "untagBuild" or "cancelTask" or "createTag" or "getLoggedInUser")
        {
            var (id, key) = await LoginAsync();
            return await PostAsync("", xml, ("Koji-Session-Id", id), ("Koji-Session-Key", key));
        }

        return await PostAsync("", xml);
    }

    private static string Translate(string xml, Dictionary<int, int> ids)
    {
        foreach (var (theirs, ours) in ids)
        {
            // The sign keeps a number of ours from being taken for one of theirs.
            xml = xml.Replace($"<int>{theirs}</int>", $"<int>\u0001{ours}</int>", StringComparison.Ordinal)
                .Replace($"f41-build-side-{theirs}<", $"f41-build-side-\u0001{ours}<", StringComparison.Ordinal)
                .Replace($"Task {theirs} is", $"Task \u0001{ours} is", StringComparison.Ordinal);
        }

        return xml.Replace("\u0001", "", StringComparison.Ordinal);
    }

    private static void Learn(Dictionary<int, int> ids, string method, KojiAnswer expected, KojiAnswer actual)
    {
        int theirs = method == "createSideTag" ? (int)expected["id"]! : expected.Number;
        ids.TryAdd(theirs, method == "createSideTag" ? (int)actual["id"]! : actual.Number);
    }

    private static void Compare(string method, KojiAnswer expected, KojiAnswer actual, Dictionary<int, int> ids)
    {
        string what = $"{method}: {expected.Xml} but {actual.Xml}";
        if (method == "getTaskResult" && expected.Fault.StartsWith("BuildError: ", StringComparison.Ordinal))
        {
            // The recorded hub had a makeshift builder; a real one passes the fault on with its own code and without its name.
            Assert.Equal(1005, actual.Code);
            Assert.Contains("mock exited with status 1", actual.Fault, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((expected.Code, Translate(expected.Fault, ids)), (actual.Code, actual.Fault));
        var shape = KojiWire.Shape(expected.Xml);
        var own = KojiWire.Shape(actual.Xml);
        Assert.True(shape.Keys.Where(place => !IsLoose(place)).SequenceEqual(own.Keys.Where(place => !IsLoose(place))), what);
        Assert.All(shape.Where(place => !IsLoose(place.Key) && place.Value != "nil" && own[place.Key] != "nil"), place => Assert.Equal((what, place.Value), (what, own[place.Key])));
    }

    /// <summary>Options of a side tag and what stands in a task's own result.</summary>
    private static bool IsLoose(string place) => place.Contains(".with_debuginfo", StringComparison.Ordinal) || place.Contains("traceback", StringComparison.Ordinal);
}
