using System.Globalization;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Koji;

/// <summary>
/// The messages of a mass rebuild: complete builds of thousands of packages that nobody here has anything to do with. They cost a text each;
/// the hub keeps no rows for them.
/// </summary>
public sealed class MassRebuild
{
    private const int FirstId = 9_000_000;
    private readonly KojiStandIn _koji;
    private readonly MessageBus _bus;
    private readonly TimeProvider _time;

    internal MassRebuild(KojiStandIn koji, MessageBus bus, TimeProvider time) => (_koji, _bus, _time) = (koji, bus, time);

    /// <summary>The messages, made while they are read.</summary>
    /// <param name="count">How many; each is of a package of its own.</param>
    /// <param name="owner">Whose builds they are.</param>
    /// <param name="target">The target of all.</param>
    public IEnumerable<BusMessage> Messages(int count, string owner = "mass-rebuilder", string target = "rawhide")
    {
        var now = _time.GetUtcNow();
        var sent = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        string site = _koji.Address.AbsoluteUri.TrimEnd('/');
        string distGit = _koji.DistGit.Address.AbsoluteUri;
        for (int at = 0; at < count; at++)
        {
            string body = Body(at, owner, target, site, distGit, KojiTime.Iso(now)!, now.ToUnixTimeSeconds());
            yield return new BusMessage(Guid.NewGuid().ToString(), MessageBus.Prefix + KojiMessages.BuildTopic, sent, KojiMessages.BuildSchema, Severity: 20, body)
            {
                Users = [owner], Packages = [Package(at)],
            };
        }
    }

    /// <summary>Publishes the messages, see <see cref="Messages"/>.</summary>
    public void Publish(int count, string owner = "mass-rebuilder", string target = "rawhide")
    {
        foreach (var message in Messages(count, owner, target))
        {
            _bus.Publish(message);
        }
    }

    private static string Package(int at) => string.Create(CultureInfo.InvariantCulture, $"rebuilt-{at}");

    private static string Body(int at, string owner, string target, string site, string distGit, string iso, long seconds)
    {
        int id = FirstId + at;
        string request = string.Create(CultureInfo.InvariantCulture, $$"""["git+{{distGit}}rpms/{{Package(at)}}.git#{{at:x40}}","{{target}}",{}]""");
        string Task(int number, string parent, string method, string label, string arch, string children) => string.Create(CultureInfo.InvariantCulture, $$"""
            {"arch":"{{arch}}","awaited":null,"channel_id":1,"completion_time":{{seconds}}.0,"create_time":{{seconds}}.0,"host_id":1,"id":{{number}},"label":{{label}},"method":"{{method}}","owner":"{{owner}}","parent":{{parent}},"priority":20,"start_time":{{seconds}}.0,"state":1,"waiting":null,"request":{{request}},"host_name":"{{KojiStandIn.HostName}}","url":"{{site}}/koji/taskinfo?taskID={{number}}","result":null,"children":[{{children}}]}
            """);
        string child = Task(id + 1, id.ToString(CultureInfo.InvariantCulture), "buildArch", "\"x86_64\"", "x86_64", "");
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"base_url":"{{site}}","name":"{{Package(at)}}","version":"1.0","release":"2.fc44","epoch":null,"attribute":"state","old":0,"new":1,"build_id":{{id}},"task_id":{{id}},"owner":"{{owner}}","files_base_url":"{{site}}/work","url":"{{site}}/koji/buildinfo?buildID={{id}}","task":{{Task(id, "null", "build", "null", "noarch", child)}},"request":{{request}},"creation_time":"{{iso}}","completion_time":"{{iso}}","instance":"primary"}
            """);
    }
}
