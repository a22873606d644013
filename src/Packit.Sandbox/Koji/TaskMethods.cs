using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Tasks: what they are, what came out of them, and their end before time.</summary>
internal static class TaskMethods
{
    public static void Map(HubMethods hub)
    {
        hub.Add("getTaskInfo", "RootExports.getTaskInfo(task_id, request=, strict=)", Info);
        hub.Add("getTaskChildren", "RootExports.getTaskChildren(task_id, request=, strict=)", Children);
        hub.Add("getTaskDescendents", "RootExports.getTaskDescendents(task_id, request=)", Descendents);
        hub.Add("getTaskRequest", "RootExports.getTaskRequest(taskId)", call => Required(call, "taskId").Request.DeepClone());
        hub.Add("getTaskResult", "RootExports.getTaskResult(taskId, raise_fault=)", Result);
        hub.Add("taskFinished", "RootExports.taskFinished(taskId)", call => Required(call, "taskId").IsOver);
        hub.Add("listTasks", "RootExports.listTasks(opts=, queryOpts=)", List);
        hub.Add("cancelTask", "RootExports.cancelTask(task_id, recurse=)", Cancel, writes: true);
        hub.Add("resubmitTask", "RootExports.resubmitTask(taskID)", Resubmit, writes: true);
        hub.Add("listTaskOutput", "RootExports.listTaskOutput(taskID, stat=, all_volumes=, strict=)", Output);
        hub.Add("downloadTaskOutput", "downloadTaskOutput(taskID, fileName, offset=, size=, volume=)", Download);
    }

    private static JsonNode? Info(HubCall call)
    {
        if (call.Arguments["task_id"] is JsonArray many)
        {
            return new JsonArray([.. many.Select(one => One(call, Arguments.IntOrNull(one)))]);
        }

        return One(call, call.Arguments.Int("task_id"));
    }

    private static JsonObject? One(HubCall call, int? id) =>
        id is { } number && call.State.Tasks.TryGetValue(number, out var task) ? KojiJson.Task(task, call.Arguments.IsTrue("request"))
        : call.IsStrict ? throw HubFault.Generic("query returned no rows")
        : null;

    private static JsonNode Children(HubCall call)
    {
        int id = call.Arguments.Int("task_id");
        if (call.IsStrict)
        {
            Required(call, "task_id");
        }

        return ChildrenOf(call, id);
    }

    private static JsonArray ChildrenOf(HubCall call, int id) =>
        [.. call.State.Tasks.Values.Where(task => task.Parent == id).Select(task => KojiJson.Task(task, call.Arguments.IsTrue("request")))];

    private static JsonNode Descendents(HubCall call)
    {
        var all = new JsonObject();
        Add(call.Arguments.Int("task_id"));
        return all;

        void Add(int id)
        {
            var children = ChildrenOf(call, id);
            all[id.ToString(System.Globalization.CultureInfo.InvariantCulture)] = children;
            foreach (int child in children.Select(child => (int)child!["id"]!).ToArray())
            {
                Add(child);
            }
        }
    }

    private static JsonNode? Result(HubCall call)
    {
        var task = Required(call, "taskId");
        switch (task.State)
        {
            case HubTaskState.Canceled:
                throw HubFault.Generic($"Task {task.Id} is canceled");
            case HubTaskState.Closed:
                return task.Result?.DeepClone();
            case HubTaskState.Failed when call.Arguments["raise_fault"] is null || call.Arguments.IsTrue("raise_fault"):
                throw new HubFault(task.FaultCode!.Value, task.FaultText!);
            case HubTaskState.Failed:
                return FaultOf(task);
            default:
                throw HubFault.Generic($"Task {task.Id} is not finished");
        }
    }

    private static JsonNode List(HubCall call)
    {
        var opts = call.Arguments["opts"] as JsonObject ?? [];
        bool decode = Arguments.IsTrue(opts["decode"]);
        var states = (opts["state"] as JsonArray)?.Select(state => (int)state!).ToHashSet();
        var tasks = call.State.Tasks.Values
            .Where(task => states is null || states.Contains((int)task.State))
            .Where(task => Arguments.StringOrNull(opts["method"]) is not { } method || task.Method == method)
            .Where(task => Arguments.StringOrNull(opts["arch"]) is not { } arch || task.Arch == arch)
            .Where(task => !opts.ContainsKey("owner") || call.Koji.Accounts.Find(opts["owner"])?.Id == task.Owner)
            .Where(task => Arguments.IntOrNull(opts["not_owner"]) is not { } owner || task.Owner != owner)
            .Where(task => !opts.ContainsKey("parent") || task.Parent == Arguments.IntOrNull(opts["parent"]))
            .Where(task => Within(opts, "created", task.Created) && Within(opts, "started", task.Started) && Within(opts, "complete", task.Completed));
        return QueryOptions.Apply(tasks.Select(task => Row(call, task, decode)), call.QueryOptions);
    }

    private static JsonObject Row(HubCall call, KojiTask task, bool decode)
    {
        var row = KojiJson.Task(task);
        row["owner_name"] = call.Koji.Accounts.ById(task.Owner).Name;
        row["owner_type"] = 0;
        row["request"] = decode ? task.Request.DeepClone() : XmlRpcWriter.Call(task.Method, task.Request);
        row["result"] = task.State switch
        {
            HubTaskState.Closed when decode => new JsonArray(task.Result?.DeepClone()),
            HubTaskState.Closed => XmlRpcWriter.Response(task.Result),
            HubTaskState.Failed when decode => FaultOf(task),
            HubTaskState.Failed => XmlRpcWriter.Fault(task.FaultCode!.Value, task.FaultText!),
            _ => null,
        };
        return row;
    }

    private static bool Within(JsonObject opts, string name, DateTimeOffset? time)
    {
        var after = KojiTime.Parse(opts[name + "After"]);
        var before = KojiTime.Parse(opts[name + "Before"]);
        return (after is null || time > after) && (before is null || time < before);
    }

    private static JsonObject FaultOf(KojiTask task) => new() { ["faultCode"] = task.FaultCode, ["faultString"] = task.FaultText };

    private static JsonNode? Cancel(HubCall call)
    {
        var task = Required(call, "task_id");
        var user = call.RequireLogin();
        if (task.Owner != user.Id && !user.IsAdmin)
        {
            throw HubFault.NotAllowed("Cannot cancel task, not owner");
        }

        call.Koji.Steps.Cancel(task);
        return null;
    }

    private static JsonNode Resubmit(HubCall call)
    {
        var user = call.RequireLogin();
        var task = Required(call, "taskID");
        if (task.Parent is not null)
        {
            throw HubFault.Generic("Cannot resubmit subtask");
        }

        if (task.State is not (HubTaskState.Failed or HubTaskState.Canceled))
        {
            throw HubFault.Generic($"Can only resubmit failed or canceled tasks, not {task.State.ToString().ToUpperInvariant()}");
        }

        return call.Koji.Steps.NewTask(task.Method, (JsonArray)task.Request.DeepClone(), user).Id;
    }

    private static JsonNode Output(HubCall call)
    {
        int id = call.Arguments.Int("taskID");
        if (call.IsStrict)
        {
            Required(call, "taskID");
        }

        var files = call.Koji.Files.Of(id);
        if (call.Arguments.IsTrue("stat"))
        {
            // Sizes are texts, since they may be larger than an int.
            return new JsonObject(files.Select(file => KeyValuePair.Create(file.Name, (JsonNode?)new JsonObject
            {
                ["st_size"] = file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["st_mtime"] = KojiTime.Stamp(new DateTimeOffset(file.LastWriteTimeUtc)),
            })));
        }

        return call.Arguments.IsTrue("all_volumes")
            ? new JsonObject(files.Select(file => KeyValuePair.Create(file.Name, (JsonNode?)new JsonArray("DEFAULT"))))
            : new JsonArray([.. files.Select(file => (JsonNode)file.Name)]);
    }

    /// <summary>The bytes as base64 in lines, in a plain string. A negative offset counts from the end.</summary>
    private static JsonNode Download(HubCall call)
    {
        string name = call.Arguments.Text("fileName");
        if (call.Koji.Files.Find(call.Arguments.Int("taskID"), name) is not { } file)
        {
            throw HubFault.Generic($"no file \"{name}\" output by task {call.Arguments.Int("taskID")}");
        }

        byte[] bytes = File.ReadAllBytes(file);
        int offset = Arguments.IntOrNull(call.Arguments["offset"]) ?? 0;
        int size = Arguments.IntOrNull(call.Arguments["size"]) ?? -1;
        int from = Math.Clamp(offset < 0 ? bytes.Length + offset : offset, 0, bytes.Length);
        int length = size < 0 ? bytes.Length - from : Math.Min(size, bytes.Length - from);
        return string.Concat(Convert.ToBase64String(bytes, from, length).Chunk(76).Select(line => new string(line) + "\n"));
    }

    private static KojiTask Required(HubCall call, string name) =>
        call.State.Tasks.TryGetValue(call.Arguments.Int(name), out var task) ? task : throw HubFault.Generic("query returned no rows");
}
