using System.Text.Json;

namespace Common.Tests.Tools;

/// <summary>A declaration that does nothing.</summary>
internal sealed record TestTool : ToolDeclaration
{
    public static TestTool With(params IReadOnlyList<ToolParameter> parameters) => new() { Name = "look", Title = "Look", Description = "Looks.", Parameters = parameters };

    public ToolArguments Read(string arguments)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        return new ToolArguments(this, document.RootElement.Clone().EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));
    }
}
