using Horreum.Client.Services;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Tools;

/// <summary>All tools that this server offers, by name and by the names of older callers.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, ToolDefinition> _byName = new(StringComparer.Ordinal);

    public ToolCatalog(
        ITestService tests,
        IRunService runs,
        IDatasetService datasets,
        ISchemaService schemas,
        ILabelValueService labels,
        ISourceService source,
        IOptions<HorreumContractOptions> options)
    {
        Tools =
        [
            .. SourceToolSet.Create(source),
            .. TestToolSet.Create(tests, schemas),
            .. RunToolSet.Create(runs, options.Value.EnableWrites),
            .. DatasetToolSet.Create(datasets),
            .. LabelToolSet.Create(labels),
        ];
        foreach (ToolDefinition tool in Tools)
        {
            foreach (string name in (IEnumerable<string>)[tool.Name, .. tool.Aliases])
            {
                _byName.Add(name, tool);
                _byName.Add(ToolNames.Prefix + name, tool);
            }
        }
    }

    /// <summary>The tools in the order in which they are listed.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; }

    /// <summary>The tool of any of its names; null when there is none.</summary>
    public ToolDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tool of any of its names.</summary>
    /// <exception cref="HorreumContractException">There is none; the nearest name is suggested.</exception>
    public ToolDefinition Get(string name) => Find(name) ?? throw HorreumContractException.UnknownTool(name, Suggest(name));

    private string? Suggest(string name) => NearestName.Find(
        name.StartsWith(ToolNames.Prefix, StringComparison.Ordinal) ? name[ToolNames.Prefix.Length..] : name,
        Tools.Select(tool => tool.Name));
}
