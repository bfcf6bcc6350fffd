using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Parameters that many tools share.</summary>
internal static class ToolParameters
{
    private const string Times =
        "Compared with the start of the {0}; the interval is half-open, from <= start < to; equal bounds mean that moment or that whole day. ISO 8601 (without a zone: UTC), milliseconds or seconds since 1970, " +
        "or words: 'yesterday', 'last 7 days', '2 weeks ago', 'last monday', 'start of month'. ";

    public static ToolParameter TestId { get; } = new("testId", ToolParameterKind.Id, "Id of the test.");

    public static ToolParameter Test { get; } = new("test", ToolParameterKind.Text, "Name (or id) of the test, instead of testId.") { Aliases = ["testName"] };

    public static ToolParameter RunId { get; } = new("runId", ToolParameterKind.Id, "Id of the run.") { Required = true };

    public static ToolParameter DatasetId { get; } = new("datasetId", ToolParameterKind.Id, "Id of the dataset.") { Required = true };

    public static ToolParameter SchemaUri { get; } = new("schemaUri", ToolParameterKind.Text, "URI of a schema; only the part of the document that uses it.");

    public static ToolParameter Trashed { get; } = new("trashed", ToolParameterKind.Flag, "Whether to include trashed runs. Default false.") { Default = false };

    public static ToolParameter Roles { get; } = new("roles", ToolParameterKind.Text, "'__my', '__all', or role names separated by semicolons.");

    public static ToolParameter Sort { get; } = new("sort", ToolParameterKind.Text, "Member to sort by. Default start.");

    public static ToolParameter Direction { get; } = new("direction", ToolParameterKind.Choice, "Order. Default Descending by start: newest first.") { Choices = [nameof(SortDirection.Ascending), nameof(SortDirection.Descending)] };

    public static IReadOnlyList<ToolParameter> Paging { get; } =
    [
        new("pageSize", ToolParameterKind.Integer, "Items on a page, 1 to 1000. Default 100.") { Minimum = 1, Maximum = HorreumContractOptions.MaxPageSize, Aliases = ["limit"] },
        new("pageToken", ToolParameterKind.Text, "nextPageToken of the page before; repeat the other arguments."),
        new("page", ToolParameterKind.Integer, "Page from 1, for callers without tokens. Prefer pageToken.") { Minimum = 1 },
    ];

    public static IReadOnlyList<ToolParameter> LabelPaging { get; } =
    [
        new("pageSize", ToolParameterKind.Integer, "Datasets on a page, 1 to 1000. Default: all.") { Minimum = 1, Maximum = HorreumContractOptions.MaxPageSize, Aliases = ["limit"] },
        new("pageToken", ToolParameterKind.Text, "nextPageToken of the page before; repeat the other arguments."),
        new("page", ToolParameterKind.Integer, "Page from 1, for callers without tokens. Prefer pageToken.") { Minimum = 1 },
    ];

    public static IReadOnlyList<ToolParameter> LabelFilters { get; } =
    [
        new("filter", ToolParameterKind.Filter, "Labels that a dataset must have: {\"os\":\"linux\"}, values by JSON type; or a JSONPath such as $.cpu ? (@ < 20)."),
        new("include", ToolParameterKind.Words, "Labels to answer. Default: all."),
        new("exclude", ToolParameterKind.Words, "Labels to leave out."),
        new("multiFilter", ToolParameterKind.Flag, "Whether an array in the filter means any of its values. Default: true when the filter holds an array."),
    ];

    public static ToolParameter From(string what, string missing) =>
        new("from", ToolParameterKind.Time, Format(what) + $"'all' for no bound. Without from and to: {missing}.");

    public static ToolParameter To(string what) =>
        new("to", ToolParameterKind.Time, Format(what) + "Default: no bound. A day alone means its first instant, so it is not included.");

    private static string Format(string what) => Times.Replace("{0}", what, StringComparison.Ordinal);
}
