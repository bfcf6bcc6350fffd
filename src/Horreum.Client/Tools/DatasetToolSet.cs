using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about datasets.</summary>
internal static class DatasetToolSet
{
    public static IEnumerable<HorreumTool> Create(IDatasetService datasets)
    {
        yield return new HorreumTool
        {
            Name = "list_datasets",
            Title = "Search datasets",
            Description = "Lists datasets of a test, of a schema, or of both, newest start first, in pages. At least one of testId, test and schemaUri is needed. " +
                "A schema matches when one of the dataset's schemas has exactly this URI. Datasets whose start lies in [from, to) are listed; " +
                "without from and to those of the last 30 days. All filters apply before the page is cut.",
            Aliases = ["datasets.search"],
            Parameters =
            [
                ToolParameters.TestId, ToolParameters.Test,
                ToolParameters.SchemaUri with { Description = "Exact URI that one of the dataset's schemas must have; upper and lower case count." },
                ToolParameters.From("dataset", "the last 30 days unless the server is set up otherwise"), ToolParameters.To("dataset"),
                ToolParameters.Sort, ToolParameters.Direction, .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<DatasetPage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await datasets.SearchAsync(
                Requests.Timed(arguments, new DatasetSearchRequest { Test = arguments.Test(), SchemaUri = arguments.Filled("schemaUri") }),
                token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_dataset",
            Title = "Get a dataset",
            Description = "Reads one dataset with its content, an array with one element for each schema.",
            Parameters = [ToolParameters.DatasetId],
            OutputSchema = json => json.Schema<DatasetContent>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await datasets.GetAsync(arguments.Id("datasetId"), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_dataset_summary",
            Title = "Get a dataset without its content",
            Description = "Reads one dataset without its content, optionally with the values of a view.",
            Parameters = [ToolParameters.DatasetId, new("viewId", ToolParameterKind.Id, "Id of a view whose values are added.")],
            OutputSchema = json => json.Schema<DatasetOverview>(),
            RunAsync = async (arguments, token) =>
                ToolResult.Of(await datasets.GetSummaryAsync(arguments.Id("datasetId"), arguments.OptionalId("viewId"), token).ConfigureAwait(false)),
        };
    }
}
