using System.Text.Json;
using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>Values that the workspace's owner defines as tasks. One bad task costs its own value only.</summary>
internal sealed class TaskfileCollector(TaskfileRepository taskfile, IOptions<FleetMetadataOptions> options) : IMetadataCollector
{
    public string Name => "taskfile";

    public TimeSpan Deadline => options.Value.Deadline;

    public async Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default)
    {
        if (options.Value.Taskfile is not { } path)
        {
            return;
        }

        if (taskfile.Read() is not { } reading)
        {
            sink.AddFault($"{path} is not there, or has no tasks");
            return;
        }

        foreach (string fault in reading.Faults)
        {
            sink.AddFault(fault);
        }

        TaskfileField[] fields = [.. reading.Fields.Where(field => !IsTaken(sink, field))];
        if (fields.Length > options.Value.TaskfileMaxFields)
        {
            sink.AddFault($"it has {fields.Length} fields; the first {options.Value.TaskfileMaxFields} are taken");
        }

        ParallelOptions bounds = new() { MaxDegreeOfParallelism = options.Value.TaskfileParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(fields.Take(options.Value.TaskfileMaxFields), bounds, (field, token) => PutAsync(sink, field, token)).ConfigureAwait(false);
    }

    // Examples for other servers name their tasks so; here the value comes from the source itself.
    private static bool IsTaken(MetadataSink sink, TaskfileField field)
    {
        bool taken = BuiltInKeys.Contains(field.Name);
        if (taken)
        {
            sink.AddFault($"task '{field.Name}' is not run: {field.Name} is reported without a task; give the task another name, or remove its meta");
        }

        return taken;
    }

    private async ValueTask PutAsync(MetadataSink sink, TaskfileField field, CancellationToken cancellationToken)
    {
        TaskfileValue value = await taskfile.EvaluateAsync(field, cancellationToken).ConfigureAwait(false);
        if (value.Fault is { } fault)
        {
            sink.AddFault($"task '{field.Name}': {fault}");
        }
        else if (value.Text is { } text)
        {
            Put(sink, field, text);
        }
    }

    private void Put(MetadataSink sink, TaskfileField field, string text)
    {
        switch (options.Value.TaskfileTypedValues ? Scalar(text) : null)
        {
            case { Number: { } number }:
                sink.SetNumber(field.Name, number, field.Description, field.IncludeInList);
                break;
            case { Flag: { } flag }:
                sink.SetFlag(field.Name, flag, field.Description, field.IncludeInList);
                break;
            default:
                sink.SetText(field.Name, text, field.Description, field.IncludeInList);
                break;
        }
    }

    private static MetadataValue? Scalar(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Number when double.IsFinite(json.RootElement.GetDouble()) => new MetadataValue(json.RootElement.GetDouble()),
                JsonValueKind.True => new MetadataValue(true),
                JsonValueKind.False => new MetadataValue(false),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
