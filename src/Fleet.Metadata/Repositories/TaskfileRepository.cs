using System.Text.RegularExpressions;
using Common.Yaml;
using Fleet.Metadata.Clients.Processes;
using Fleet.Metadata.Clients.Taskfile;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;
using YamlDotNet.RepresentationModel;

namespace Fleet.Metadata.Repositories;

/// <summary>Reads which tasks of the Taskfile are metadata fields, and runs them.</summary>
internal sealed partial class TaskfileRepository(TaskCommand tasks, IOptions<FleetMetadataOptions> options, TimeProvider time)
{
    private const int MaxOutputBytes = 64 * 1024;
    private const string ListMember = "include_in_list";
    private const string DefaultDescription = "No description";

    /// <summary>The tasks that are metadata fields; null when no Taskfile is configured, or it is not there.</summary>
    /// <exception cref="IOException">The file cannot be read or is no YAML.</exception>
    public TaskfileReading? Read()
    {
        if (options.Value.Taskfile is not { } path || TaskfileDocument.ReadTasks(path) is not { } nodes)
        {
            return null;
        }

        List<TaskfileField> fields = [];
        List<string> faults = [];
        foreach ((YamlNode key, YamlNode value) in nodes.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || value is not YamlMappingNode task || GuardedYaml.Child(task, "meta") is not { } meta)
            {
                continue;
            }

            if (Check(name, meta, out bool includeInList) is { } fault)
            {
                faults.Add($"task '{name}': {fault}");
            }
            else
            {
                string? description = (GuardedYaml.Child(task, "desc") as YamlScalarNode)?.Value;
                fields.Add(new TaskfileField(name, string.IsNullOrWhiteSpace(description) ? DefaultDescription : description, includeInList));
            }
        }

        return new TaskfileReading(fields, faults);
    }

    /// <summary>Runs the task of a field. A field that fails is a value with a reason.</summary>
    public async Task<TaskfileValue> EvaluateAsync(TaskfileField field, CancellationToken cancellationToken)
    {
        TimeSpan deadline = options.Value.TaskfileDeadline;
        using CancellationTokenSource limit = new(deadline, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            CapturedOutput output = new(MaxOutputBytes);
            ProcessOutcome outcome = await tasks.RunAsync(options.Value.Taskfile!, field.Name, output, either.Token).ConfigureAwait(false);
            string text = output.Text.Trim();
            return outcome.ExitCode != 0
                ? new TaskfileValue(null, $"it ended with {outcome.ExitCode}: {outcome.Error.Split('\n', 2)[0]}")
                : new TaskfileValue(text.Length > 0 ? text : null, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TaskfileValue(null, $"it was killed after {deadline.TotalSeconds} s");
        }
        catch (IOException exception)
        {
            return new TaskfileValue(null, exception.Message);
        }
    }

    private static string? Check(string name, YamlNode meta, out bool includeInList)
    {
        includeInList = false;
        if (!FieldName().IsMatch(name))
        {
            return "its name is no key: letters, digits and _ . : - are, up to 256, not beginning with a sign";
        }

        return meta is YamlMappingNode { Children.Count: 1 } map
            && GuardedYaml.Child(map, ListMember) is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: { } word }
            && bool.TryParse(word, out includeInList)
                ? null
                : $"meta must hold {ListMember} (true or false) and nothing else";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.:-]{0,255}\z")]
    private static partial Regex FieldName();
}
