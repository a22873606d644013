using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>A method of the hub: answers with a value, or throws a fault.</summary>
internal delegate JsonNode? HubHandler(HubCall call);

/// <summary>The methods by name, and the way of one call through them.</summary>
internal sealed class HubMethods
{
    private readonly KojiStandIn _koji;
    private readonly Dictionary<string, Method> _methods = new(StringComparer.Ordinal);

    public HubMethods(KojiStandIn koji)
    {
        _koji = koji;
        SiteMethods.Map(this);
        TaskMethods.Map(this);
        BuildMethods.Map(this);
        TagMethods.Map(this);
        TaggingMethods.Map(this);
        SideTagMethods.Map(this);
    }

    public IEnumerable<string> Names => _methods.Keys.Order(StringComparer.Ordinal);

    /// <summary>Declares a method.</summary>
    /// <param name="name">As callers name it.</param>
    /// <param name="signature">As <see cref="MethodSignature.Parse"/> reads it.</param>
    /// <param name="handler">What it does.</param>
    /// <param name="writes">Whether it changes the database: then the number of the call is remembered.</param>
    public void Add(string name, string signature, HubHandler handler, bool writes = false) =>
        _methods.Add(name, new Method(MethodSignature.Parse(signature), handler, writes));

    /// <summary>Runs a call, and remembers its number when it changed something. The caller holds the gate.</summary>
    public JsonNode? Run(string name, JsonArray parameters, HubLogin login, KojiSession? session, int? number)
    {
        bool several = name is "multiCall" or "system.multicall";
        var result = several ? RunSeveral(parameters, login, session) : Dispatch(name, parameters, login, session);
        if (session is not null && number is not null && (several || _methods[name].Writes))
        {
            session.CallNumber = number;
        }

        return result;
    }

    private JsonNode? Dispatch(string name, JsonArray parameters, HubLogin login, KojiSession? session)
    {
        if (!_methods.TryGetValue(name, out var method))
        {
            throw HubFault.Generic($"Invalid method: {name}");
        }

        return method.Handler(new HubCall(_koji, session, login, method.Signature.Bind(parameters)));
    }

    /// <summary>Many calls at once: each answer is an array of one, or the fault; one that fails does not undo the others.</summary>
    private JsonArray RunSeveral(JsonArray parameters, HubLogin login, KojiSession? session)
    {
        if (parameters is not [JsonArray calls])
        {
            throw HubFault.Parameter("HandlerRegistry.multiCall() missing 1 required positional argument: 'calls'");
        }

        var results = new JsonArray();
        foreach (var call in calls.OfType<JsonObject>())
        {
            try
            {
                string name = call["methodName"]?.ToString() ?? "";
                results.Add(new JsonArray(Dispatch(name, call["params"] as JsonArray ?? [], login, session)));
            }
            catch (HubFault fault)
            {
                results.Add(new JsonObject
                {
                    ["faultCode"] = fault.Code,
                    ["faultString"] = fault.Message,
                    ["traceback"] = new JsonArray("Traceback (most recent call last):\n", $"koji.{fault.Name}: {fault.Message}\n"),
                });
            }
        }

        return results;
    }

    private sealed record Method(MethodSignature Signature, HubHandler Handler, bool Writes);
}
