using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

/// <summary>The faults in force; the first that fits a request happens.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Adds a fault.</summary>
    public Fault Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    /// <summary>Adds a fault of a kind.</summary>
    public Fault Add(FaultKind kind, string path = "/", int times = -1) => Add(new Fault { Kind = kind, Path = path, Times = times });

    /// <summary>Adds a status with a plain text, the way ToolHive sends errors.</summary>
    public Fault Fail(string path, int status, string text = "Internal Server Error\n", int times = -1) =>
        Add(new Fault { Kind = FaultKind.Status, Path = path, Status = status, Body = text, Times = times });

    /// <summary>Makes answers slow.</summary>
    public Fault Delay(string path, TimeSpan latency, int times = -1) =>
        Add(new Fault { Kind = FaultKind.Delay, Path = path, Latency = latency, Times = times });

    /// <summary>Ends one fault.</summary>
    public void Remove(Fault fault)
    {
        lock (_gate)
        {
            _faults.Remove(fault);
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    internal async Task ApplyAsync(HttpContext context, string path, Func<Task> answer)
    {
        if (Take(context.Request.Method, path) is not { } fault)
        {
            await answer();
            return;
        }

        if (fault.Gate is not null)
        {
            await fault.Gate.WaitAsync(context.RequestAborted);
        }

        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, context.RequestAborted);
        }

        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await answer();
                break;
            case FaultKind.Status or FaultKind.Replace:
                foreach ((string name, string value) in fault.Headers)
                {
                    context.Response.Headers[name] = value;
                }

                await WriteAsync(
                    context, fault.Kind == FaultKind.Status ? fault.Status : fault.Status == 500 ? 200 : fault.Status, fault.ContentType, fault.Body);
                break;
            case FaultKind.Html:
                await WriteAsync(context, 200, "text/html", "<html><body>Welcome to something else</body></html>");
                break;
            case FaultKind.BadJson:
                await WriteAsync(context, 200, "application/json", "{\"workloads\": [oops");
                break;
            case FaultKind.Abort:
                context.Abort();
                break;
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            default:
                await TransformAsync(context, fault.Kind, answer);
                break;
        }
    }

    private Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            Fault? fault = _faults.Find(
                candidate => candidate.Times != 0 && path.StartsWith(candidate.Path, StringComparison.Ordinal)
                    && (candidate.Method is null || candidate.Method == method));
            if (fault is { Times: > 0 })
            {
                fault.Times--;
            }

            return fault;
        }
    }

    private static async Task TransformAsync(HttpContext context, FaultKind kind, Func<Task> answer)
    {
        Stream original = context.Response.Body;
        using MemoryStream buffer = new();
        context.Response.Body = buffer;
        await answer();
        context.Response.Body = original;
        byte[] whole = buffer.ToArray();
        if (kind == FaultKind.NullLists)
        {
            byte[] changed = Encoding.UTF8.GetBytes(WithoutLists(JsonNode.Parse(whole))?.ToJsonString() ?? "null");
            context.Response.ContentLength = changed.Length;
            await original.WriteAsync(changed);
            return;
        }

        context.Response.ContentLength = kind == FaultKind.AbortMidway ? whole.Length : whole.Length / 2;
        await original.WriteAsync(whole.AsMemory(0, whole.Length / 2));
        await original.FlushAsync();
        if (kind == FaultKind.AbortMidway)
        {
            context.Abort();
        }
    }

    private static JsonNode? WithoutLists(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, WithoutLists(member.Value)))),
        JsonArray => null,
        _ => node?.DeepClone(),
    };

    private static Task WriteAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    }
}
