using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about this source itself.</summary>
internal static class SourceToolSet
{
    public static IEnumerable<ToolDefinition> Create(ISourceService source)
    {
        yield return new ToolDefinition
        {
            Name = "source_describe",
            Title = "Describe this source",
            Description = "Says what this source can do and where its limits are, from its real settings.",
            Aliases = ["source.describe"],
            IsLocal = true,
            OutputSchema = json => json.Schema<SourceDescription>(),
            RunAsync = (_, _) => Task.FromResult(ToolResult.Of(source.Describe())),
        };
        yield return new ToolDefinition
        {
            Name = "ping",
            Title = "Ping",
            Description = "Answers the message, or 'pong'. Does not ask Horreum.",
            IsLocal = true,
            Parameters = [new("message", ToolParameterKind.Text, "What to answer.")],
            RunAsync = (arguments, _) => Task.FromResult(ToolResult.Of(arguments.Text("message") ?? "pong")),
        };
    }
}
