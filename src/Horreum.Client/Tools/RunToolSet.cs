using System.Globalization;
using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about runs.</summary>
internal static class RunToolSet
{
    private const string LastMonth = "the last 30 days unless the server is set up otherwise";

    public static IEnumerable<HorreumTool> Create(IRunService runs)
    {
        yield return new HorreumTool
        {
            Name = "list_runs",
            Title = "List runs of a test",
            Description = "Lists the runs of one test, newest start first, in pages. Runs whose start lies in [from, to) are listed; " +
                "without from and to those of the last 30 days. Run data is not included: see get_run_data and get_run_label_values.",
            Parameters =
            [
                ToolParameters.TestId, ToolParameters.Test, ToolParameters.From("run", LastMonth), ToolParameters.To("run"),
                ToolParameters.Trashed, ToolParameters.Sort, ToolParameters.Direction, .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<RunPage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await runs.ListAsync(
                Timed(arguments, new RunListRequest { Test = arguments.RequiredTest(), Trashed = arguments.Flag("trashed") }), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "list_all_runs",
            Title = "List runs of all tests",
            Description = "Lists runs over all tests, newest start first, in pages, optionally those that contain words or match a JSONPath. " +
                "Runs whose start lies in [from, to) are listed; without from and to those of the last 30 days.",
            Parameters =
            [
                new("query", ToolParameterKind.Text, "Words to find anywhere in the data, or a JSONPath expression."), ToolParameters.Roles,
                ToolParameters.From("run", LastMonth), ToolParameters.To("run"),
                ToolParameters.Trashed, ToolParameters.Sort, ToolParameters.Direction, .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<RunPage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await runs.SearchAsync(
                Timed(arguments, new RunSearchRequest
                {
                    Query = arguments.Filled("query"),
                    Roles = arguments.Filled("roles"),
                    Trashed = arguments.Flag("trashed"),
                }),
                token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "list_runs_by_schema",
            Title = "List runs that use a schema",
            Description = "Lists the runs that use a schema, over all tests and all time unless from or to is given, newest start first, in pages.",
            Parameters =
            [
                ToolParameters.SchemaUri with { Required = true, Description = "Exact URI of the schema." },
                ToolParameters.From("run", "no bound"), ToolParameters.To("run"), ToolParameters.Sort, ToolParameters.Direction, .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<RunPage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await runs.ListBySchemaAsync(
                Timed(arguments, new RunsBySchemaRequest { SchemaUri = arguments.RequiredFilled("schemaUri") }), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_run",
            Title = "Get a run",
            Description = "Reads one run with its data and metadata, which may be large; get_run_summary reads it without.",
            Parameters = [ToolParameters.RunId],
            OutputSchema = json => json.Schema<RunEntry>(),
            RunAsync = async (arguments, token) =>
            {
                int id = arguments.Id("runId");
                return ToolResult.Of(await runs.OpenAsync(id, token).ConfigureAwait(false), KeyValuePair.Create("runId", ToText(id)));
            },
        };
        yield return new HorreumTool
        {
            Name = "get_run_data",
            Title = "Get the data of a run",
            Description = "Reads the JSON that was uploaded as a run, or the part of it that uses a schema.",
            Parameters = [ToolParameters.RunId, ToolParameters.SchemaUri],
            RunAsync = async (arguments, token) =>
                ToolResult.Of(await runs.OpenDataAsync(arguments.Id("runId"), arguments.Filled("schemaUri"), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_run_metadata",
            Title = "Get the metadata of a run",
            Description = "Reads the metadata of a run, or the part of it that uses a schema; null when it has none.",
            Parameters = [ToolParameters.RunId, ToolParameters.SchemaUri],
            RunAsync = async (arguments, token) =>
                ToolResult.Of(await runs.OpenMetadataAsync(arguments.Id("runId"), arguments.Filled("schemaUri"), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_run_summary",
            Title = "Get a run without its data",
            Description = "Reads one run without its data: test, owner, times, schemas, ids of its datasets.",
            Parameters = [ToolParameters.RunId],
            OutputSchema = json => json.Schema<RunEntry>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await runs.GetSummaryAsync(arguments.Id("runId"), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_run_count",
            Title = "Count runs of a test",
            Description = "Counts the runs of a test over all time: all, active, trashed. All zero for an unknown id.",
            Parameters = [ToolParameters.TestId, ToolParameters.Test],
            OutputSchema = json => json.Schema<RunTally>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await runs.CountAsync(arguments.RequiredTest(), token).ConfigureAwait(false)),
        };
        yield return Upload(runs);
    }

    private static HorreumTool Upload(IRunService runs) => new()
    {
        Name = "upload_run",
        Title = "Upload a run",
        Description = "Uploads JSON as a new run of a test. Repeating it creates another run. Start, stop, test and description may be JSONPath ($.…) into the data.",
        Hints = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        Parameters =
        [
            new("test", ToolParameterKind.Text, "Name or id of the test.") { Required = true, Aliases = ["testId", "testName"] },
            new("start", ToolParameterKind.Time, "When the measurement started.") { Required = true },
            new("stop", ToolParameterKind.Time, "When the measurement ended.") { Required = true },
            new("data", ToolParameterKind.Json, "The JSON, as such or as text.") { Required = true },
            new("owner", ToolParameterKind.Text, "Team that will own the run. Default: the caller's only team."),
            new("access", ToolParameterKind.Text, "PUBLIC, PROTECTED or PRIVATE. Default: PRIVATE."),
            new("schema", ToolParameterKind.Text, "URI of the schema that the data is given.") { Aliases = ["schemaUri"] },
            new("description", ToolParameterKind.Text, "Text for people."),
            new("dryRun", ToolParameterKind.Flag, "Whether only to check and to send nothing. Default false.") { Default = false },
        ],
        OutputSchema = json => json.Schema<UploadResult>(),
        RunAsync = async (arguments, token) => ToolResult.Of(await runs.UploadAsync(
            new RunUploadRequest
            {
                Test = arguments.TextOrNumber("test") ?? throw HorreumContractException.Invalid("test", "", "the name or id of a test"),
                Start = arguments.TextOrNumber("start") ?? throw HorreumContractException.Invalid("start", "", "a time"),
                Stop = arguments.TextOrNumber("stop") ?? throw HorreumContractException.Invalid("stop", "", "a time"),
                Data = UploadData.Parse(arguments.Json("data")),
                Owner = arguments.Filled("owner"),
                Access = arguments.Filled("access"),
                Schema = arguments.Filled("schema"),
                Description = arguments.Filled("description"),
                DryRun = arguments.Flag("dryRun"),
            },
            token).ConfigureAwait(false)),
    };

    private static T Timed<T>(ToolArguments arguments, T request)
        where T : TimedPageRequest => Requests.Timed(arguments, request);

    private static string ToText(int id) => id.ToString(CultureInfo.InvariantCulture);
}
