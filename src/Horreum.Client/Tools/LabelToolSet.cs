using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about label values.</summary>
internal static class LabelToolSet
{
    public static IEnumerable<HorreumTool> Create(ILabelValueService labels)
    {
        yield return new HorreumTool
        {
            Name = "get_run_label_values",
            Title = "Get label values of a run",
            Description = "Reads the label values of a run, one item for each dataset, with values as a list of name and value.",
            Parameters =
            [
                ToolParameters.RunId, .. ToolParameters.LabelFilters,
                ToolParameters.Sort with { Description = "Accepted and without effect: datasets of a run are ordered by id." },
                ToolParameters.Direction with { Description = "Order by dataset id. Default Ascending." },
                .. ToolParameters.LabelPaging,
            ],
            OutputSchema = json => json.Schema<LabelValuePage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await labels.ListByRunAsync(
                arguments.Id("runId"), Requests.Labels(arguments, new LabelValueRequest()) with { Sort = null }, token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_test_label_values",
            Title = "Get label values of a test",
            Description = "Reads the label values of a test's datasets, one item for each dataset, with values as a list of name and value. " +
                "Datasets that started at or after 'from' and stopped before 'to' count; without both those of the last 30 days. " +
                "'after' and 'before' are other names of 'from' and 'to'.",
            Parameters =
            [
                ToolParameters.TestId, ToolParameters.Test,
                ToolParameters.From("dataset", "the last 30 days unless the server is set up otherwise") with { Aliases = ["after"] },
                ToolParameters.To("dataset") with
                {
                    Aliases = ["before"],
                    Description = "Compared with the stop of the dataset, exclusive; the same forms as from. Default: no bound.",
                },
                new("filtering", ToolParameterKind.Flag, "Whether to answer labels that serve to filter. Default true.") { Default = true },
                new("metrics", ToolParameterKind.Flag, "Whether to answer labels that are measured values. Default true.") { Default = true },
                .. ToolParameters.LabelFilters,
                ToolParameters.Sort with { Description = "start or stop. Default: newest run first." },
                ToolParameters.Direction with { Description = "Order for sort. Default Ascending." },
                .. ToolParameters.LabelPaging,
            ],
            OutputSchema = json => json.Schema<LabelValuePage>(),
            RunAsync = async (arguments, token) =>
            {
                TestLabelValueRequest request = new()
                {
                    Test = arguments.RequiredTest(),
                    From = arguments.TextOrNumber("from"),
                    To = arguments.TextOrNumber("to"),
                    Filtering = arguments.Flag("filtering"),
                    Metrics = arguments.Flag("metrics"),
                };
                return ToolResult.Of(await labels.ListByTestAsync(Requests.Labels(arguments, request), token).ConfigureAwait(false));
            },
        };
        yield return new HorreumTool
        {
            Name = "get_dataset_label_values",
            Title = "Get label values of a dataset",
            Description = "Reads the label values of one dataset, each with the schema that defines it.",
            Parameters = [ToolParameters.DatasetId],
            OutputSchema = json => json.Schema<IReadOnlyList<DatasetLabelValue>>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await labels.ListByDatasetAsync(arguments.Id("datasetId"), token).ConfigureAwait(false)),
        };
    }
}
