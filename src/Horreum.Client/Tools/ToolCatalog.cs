using Horreum.Client.Services;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Tools;

/// <summary>All tools that this server offers, by name and by the names of older callers.</summary>
internal sealed class ToolCatalog
{
    /// <summary>Prefix of the HTTP routes, accepted over MCP as well.</summary>
    public const string Prefix = "horreum_";

    private readonly Dictionary<string, HorreumTool> _byName = new(StringComparer.Ordinal);

    public ToolCatalog(
        ITestService tests,
        IRunService runs,
        IDatasetService datasets,
        ISchemaService schemas,
        ILabelValueService labels,
        ISourceService source,
        IOptions<HorreumContractOptions> options)
    {
        All =
        [
            .. SourceToolSet.Create(source),
            .. TestToolSet.Create(tests, schemas),
            .. RunToolSet.Create(runs),
            .. DatasetToolSet.Create(datasets),
            .. LabelToolSet.Create(labels),
        ];
        Tools = [.. All.Where(tool => tool.Hints.ReadOnly == true || options.Value.EnableWrites)];
        foreach (HorreumTool tool in Tools)
        {
            foreach (string name in (IEnumerable<string>)[tool.Name, .. tool.Aliases])
            {
                _byName.Add(name, tool);
                _byName.Add(Prefix + name, tool);
            }
        }
    }

    /// <summary>The names of all tools there are, those that write included, so that each can be registered before the settings are known.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "source_describe", "ping", "list_tests", "get_test", "list_schemas", "get_schema", "list_runs", "list_all_runs", "list_runs_by_schema", "get_run",
        "get_run_data", "get_run_metadata", "get_run_summary", "get_run_count", "upload_run", "list_datasets", "get_dataset", "get_dataset_summary",
        "get_run_label_values", "get_test_label_values", "get_dataset_label_values",
    ];

    /// <summary>All tools there are, whether the settings allow them or not.</summary>
    public IReadOnlyList<HorreumTool> All { get; }

    /// <summary>The tools that the settings allow, in the order in which they are listed.</summary>
    public IReadOnlyList<HorreumTool> Tools { get; }

    /// <summary>The tool of any of its names; null when there is none.</summary>
    public HorreumTool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tool of any of its names.</summary>
    /// <exception cref="HorreumContractException">There is none; the nearest name is suggested.</exception>
    public HorreumTool Get(string name) => Find(name) ?? throw HorreumContractException.UnknownTool(name, Suggest(name));

    private string? Suggest(string name) => NearestName.Find(
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name,
        Tools.Select(tool => tool.Name));
}
