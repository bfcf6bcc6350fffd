using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about this source itself.</summary>
internal static class SourceToolSet
{
    public static IEnumerable<HorreumTool> Create(ISourceService source)
    {
        yield return new HorreumTool
        {
            Name = "source_describe",
            Title = "Describe this source",
            Description = "Says what this source can do and where its limits are, from its real settings.",
            Aliases = ["source.describe"],
            Hints = HorreumTool.Local,
            OutputSchema = json => json.Schema<SourceDescription>(),
            RunAsync = (_, _) => Task.FromResult(ToolResult.Of(source.Describe())),
        };
        yield return new HorreumTool
        {
            Name = "ping",
            Title = "Ping",
            Description = "Answers the message, or 'pong'. Does not ask Horreum.",
            Hints = HorreumTool.Local,
            Parameters = [new("message", ToolParameterKind.Text, "What to answer.")],
            RunAsync = (arguments, _) => Task.FromResult(ToolResult.Of(arguments.Filled("message") ?? "pong")),
        };
    }
}
