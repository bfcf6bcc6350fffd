using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shared.Horreum;

/// <summary>Answers requests from the state.</summary>
internal sealed partial class FakeEndpoints(FakeState state)
{
    private delegate Task Handler(HttpContext context, Match match);

    private const int LabelPageDefault = int.MaxValue;

    public async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        string method = context.Request.Method;
        (string Method, Regex Path, Handler Run)[] routes =
        [
            ("GET", VersionPath(), (c, _) => JsonAsync(c, w => { w.WriteString("version", "0.19.1"); w.WriteString("commit", "fake"); w.WriteNumber("startTimestamp", 1); })),
            ("GET", SummaryPath(), (c, _) => TestSummariesAsync(c)),
            ("GET", ByNamePath(), (c, m) => TestAsync(c, Uri.UnescapeDataString(m.Groups[1].Value))),
            ("GET", RunListPath(), (c, m) => RunListAsync(c, m.Groups[1].Value)),
            ("GET", RunAllPath(), (c, _) => RunListAsync(c, null)),
            ("GET", RunBySchemaPath(), (c, _) => RunsBySchemaAsync(c)),
            ("GET", RunCountPath(), (c, _) => CountAsync(c)),
            ("GET", RunPath(), (c, m) => RunAsync(c, m.Groups[1].Value, m.Groups[2].Value)),
            ("POST", UploadPath(), (c, _) => UploadAsync(c)),
            ("GET", TestLabelsPath(), (c, m) => TestLabelsAsync(c, m.Groups[1].Value)),
            ("GET", TestPath(), (c, m) => TestAsync(c, m.Groups[1].Value)),
            ("GET", DatasetListPath(), (c, m) => DatasetsAsync(c, m.Groups[1].Value)),
            ("GET", DatasetPath(), (c, m) => DatasetAsync(c, m.Groups[1].Value, m.Groups[2].Value)),
            ("GET", SchemaListPath(), (c, _) => SchemasAsync(c)),
            ("GET", SchemaIdPath(), (c, m) => SchemaIdAsync(c, Uri.UnescapeDataString(m.Groups[1].Value))),
            ("GET", SchemaPath(), (c, m) => SchemaAsync(c, m.Groups[1].Value)),
        ];
        foreach ((string verb, Regex pattern, Handler run) in routes)
        {
            if (verb == method && pattern.Match(path) is { Success: true } match)
            {
                await run(context, match);
                return;
            }
        }

        await TextAsync(context, 404, "RESTEASY003210: Could not find resource for full path");
    }

    private Task TestSummariesAsync(HttpContext context)
    {
        if (state.HasNoSummary)
        {
            return TextAsync(context, 404, "RESTEASY003210: Could not find resource for full path");
        }

        string? folder = Query(context, "folder");
        string? name = Query(context, "name");
        IEnumerable<FakeTest> inFolder = state.Tests.Where(test => folder == "*" || test.Folder == folder).OrderBy(test => test.Name, StringComparer.Ordinal);
        if (Query(context, "direction") == "Descending")
        {
            inFolder = inFolder.Reverse();
        }

        IEnumerable<FakeTest> found = inFolder.Where(test => name is null || test.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
        int limit = Number(context, "limit", 20);
        int page = Number(context, "page", 1);
        return JsonAsync(context, writer =>
        {
            writer.WriteStartArray("tests");
            foreach (FakeTest test in page == 0 ? found : found.Skip((page - 1) * limit).Take(limit))
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", test.Id);
                writer.WriteString("name", test.Name);
                writer.WriteString("folder", test.Folder);
                writer.WriteString("access", "PUBLIC");
                writer.WriteString("owner", "perf-team");
                writer.WriteNumber("runs", state.Runs.Count(run => run.TestId == test.Id));
                writer.WriteNumber("datasets", state.Runs.Count(run => run.TestId == test.Id));
                writer.WriteNumber("datastoreId", 1);
                writer.WriteNull("watching");
                writer.WriteString("unheardOf", "a newer server's member");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();

            // As the real one: the count ignores the name.
            writer.WriteNumber("count", inFolder.Count());
        });
    }

    private Task TestAsync(HttpContext context, string key)
    {
        FakeTest? test = state.Tests.Find(candidate => candidate.Name == key || candidate.Id.ToString(CultureInfo.InvariantCulture) == key);
        return test is null ? TextAsync(context, 404, $"No test with name {key}") : JsonAsync(context, writer =>
        {
            writer.WriteNumber("id", test.Id);
            writer.WriteString("name", test.Name);
            writer.WriteString("folder", test.Folder);
            writer.WriteString("owner", "perf-team");
            writer.WriteString("access", "PUBLIC");
            writer.WriteNumber("datastoreId", 1);
            writer.WriteNull("timelineLabels");
            writer.WriteBoolean("notificationsEnabled", true);
        });
    }

    private Task RunListAsync(HttpContext context, string? testId)
    {
        if (testId is not null && !state.Tests.Exists(test => test.Id.ToString(CultureInfo.InvariantCulture) == testId))
        {
            return TextAsync(context, 404, $"Cannot find test ID {testId}");
        }

        List<FakeRun> all = [.. state.Runs.Where(run => testId is null || run.TestId.ToString(CultureInfo.InvariantCulture) == testId)];
        string? words = Query(context, "query");
        List<FakeRun> found = words is null ? all : [.. all.Where(run => run.Data.Contains(words, StringComparison.Ordinal))];
        return RunsAsync(context, found, all.Count);
    }

    private Task RunsBySchemaAsync(HttpContext context) =>
        RunsAsync(context, [.. state.Runs.Where(run => run.SchemaUri == Query(context, "uri"))], 1);

    private Task RunsAsync(HttpContext context, List<FakeRun> runs, int total)
    {
        IEnumerable<FakeRun> page = Page(context, Sort(context, runs, run => run.Start));
        return JsonAsync(context, writer =>
        {
            writer.WriteNumber("total", total);
            writer.WriteStartArray("runs");
            foreach (FakeRun run in page)
            {
                if (state.OddElements.TryGetValue(run.Id, out string? odd))
                {
                    writer.WriteRawValue(odd);
                    continue;
                }

                writer.WriteStartObject();
                WriteRun(writer, run);
                writer.WriteBoolean("hasMetadata", run.Metadata is not null);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private Task CountAsync(HttpContext context)
    {
        int id = Number(context, "testId", 0);
        return JsonAsync(context, writer =>
        {
            int active = state.Runs.Count(run => run.TestId == id && !run.Trashed);
            int trashed = state.Runs.Count(run => run.TestId == id && run.Trashed);
            writer.WriteNumber("total", active + trashed);
            writer.WriteNumber("active", active);
            writer.WriteNumber("trashed", trashed);
        });
    }

    private Task RunAsync(HttpContext context, string id, string part)
    {
        FakeRun? run = state.Runs.Find(candidate => candidate.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (run is null)
        {
            return TextAsync(context, 404, "No result");
        }

        switch (part)
        {
            case "/data":
                return RawAsync(context, run.Data);
            case "/metadata" when run.Metadata is null:
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            case "/metadata":
                return RawAsync(context, run.Metadata);
            case "/labelValues":
                return LabelsAsync(context, [run]);
            default:
                return JsonAsync(context, writer =>
                {
                    WriteRun(writer, run);
                    if (part.Length == 0)
                    {
                        writer.WritePropertyName("data");
                        writer.WriteRawValue(run.Data);
                    }
                    else
                    {
                        // Told in summaries only.
                        writer.WriteBoolean("hasMetadata", run.Metadata is not null);
                    }
                });
        }
    }

    private Task UploadAsync(HttpContext context)
    {
        string? test = Query(context, "test");
        FakeTest? found = state.Tests.Find(candidate => candidate.Name == test || candidate.Id.ToString(CultureInfo.InvariantCulture) == test);
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            return TextAsync(context, 415, "RESTEASY003065: Cannot consume content type");
        }

        if (found is null)
        {
            return TextAsync(context, 400, $"Failed to find test {test}");
        }

        int id = state.Runs.Count + 1;
        long start = long.Parse(Query(context, "start")!, CultureInfo.InvariantCulture);
        long stop = long.Parse(Query(context, "stop")!, CultureInfo.InvariantCulture);
        state.Runs.Add(new FakeRun(id, found.Id, start, stop, Query(context, "schema") ?? "urn:none", false) { Data = (string)context.Items["body"]! });
        return TextAsync(context, 202, id.ToString(CultureInfo.InvariantCulture));
    }

    private Task TestLabelsAsync(HttpContext context, string id)
    {
        if (Query(context, "filter") is { } filter && filter.StartsWith("$bad", StringComparison.Ordinal))
        {
            return TextAsync(context, 400, "syntax error at or near \"bad\" of jsonpath input");
        }

        // As the real one: exclusive bounds, and the end is compared with the stop.
        long after = long.TryParse(Query(context, "after"), out long from) ? from : long.MinValue;
        long before = long.TryParse(Query(context, "before"), out long to) ? to : long.MaxValue;
        return LabelsAsync(context, [.. state.Runs
            .Where(run => run.TestId.ToString(CultureInfo.InvariantCulture) == id && run.Start > after && run.Stop < before)
            .OrderByDescending(run => run.Id)]);
    }

    private Task LabelsAsync(HttpContext context, IReadOnlyList<FakeRun> runs)
    {
        int limit = Number(context, "limit", LabelPageDefault);
        int page = Number(context, "page", 0);
        return ArrayAsync(context, writer =>
        {
            foreach (FakeRun run in runs.Skip(limit == LabelPageDefault ? 0 : page * limit).Take(limit))
            {
                writer.WriteStartObject();
                writer.WriteStartObject("values");
                writer.WriteNumber("cpu", run.Id);
                writer.WriteString("os", "linux");
                writer.WriteStartArray("list");
                writer.WriteNumberValue(1);
                writer.WriteEndArray();
                writer.WriteEndObject();
                writer.WriteNumber("runId", run.Id);
                writer.WriteNumber("datasetId", run.DatasetId);
                writer.WriteNumber("start", run.Start);
                writer.WriteNumber("stop", run.Stop);
                writer.WriteEndObject();
            }
        });
    }

    private Task DatasetsAsync(HttpContext context, string testId)
    {
        string? uri = Query(context, "uri");
        List<FakeRun> runs =
        [
            .. state.Runs.Where(run => testId.Length > 0 ? run.TestId.ToString(CultureInfo.InvariantCulture) == testId : run.SchemaUri == uri),
        ];
        return JsonAsync(context, writer =>
        {
            writer.WriteNumber("total", runs.Count);
            writer.WriteStartArray("datasets");
            foreach (FakeRun run in Page(context, Sort(context, runs, run => run.Start)))
            {
                writer.WriteStartObject();
                WriteDataset(writer, run);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private Task DatasetAsync(HttpContext context, string id, string part)
    {
        FakeRun? run = state.Runs.Find(candidate => candidate.DatasetId.ToString(CultureInfo.InvariantCulture) == id);
        if (run is null)
        {
            return TextAsync(context, 404, $"No dataset with ID {id}");
        }

        return part == "/labelValues"
            ? ArrayAsync(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", 1);
                writer.WriteString("name", "cpu");
                writer.WriteStartObject("schema");
                writer.WriteNumber("id", 1);
                writer.WriteString("name", "example");
                writer.WriteString("uri", run.SchemaUri);
                writer.WriteEndObject();
                writer.WriteNumber("value", run.Id);
                writer.WriteEndObject();
            })
            : JsonAsync(context, writer =>
            {
                if (part == "/summary")
                {
                    WriteDataset(writer, run);
                    return;
                }

                writer.WriteNumber("id", run.DatasetId);
                writer.WriteNumber("runId", run.Id);
                writer.WriteNumber("testid", run.TestId);
                writer.WriteNumber("start", run.Start);
                writer.WriteNumber("stop", run.Stop);
                writer.WriteNumber("ordinal", 0);
                writer.WriteString("owner", "perf-team");
                writer.WriteString("access", "PUBLIC");
                writer.WriteString("description", "d");
                writer.WriteStartArray("data");
                writer.WriteRawValue(run.Data);
                writer.WriteEndArray();
            });
    }

    private Task SchemasAsync(HttpContext context)
    {
        string? name = Query(context, "name");
        int limit = Number(context, "limit", int.MaxValue);

        // As the real one: pages from 0, and the count ignores the name.
        int page = Number(context, "page", 0);
        return JsonAsync(context, writer =>
        {
            writer.WriteStartArray("schemas");
            IEnumerable<KeyValuePair<int, string>> found = state.Schemas.Where(schema => name is null || schema.Value.Contains(name, StringComparison.Ordinal));
            foreach ((int id, string uri) in found.Skip(limit == int.MaxValue ? 0 : page * limit).Take(limit))
            {
                writer.WriteStartObject();
                WriteSchema(writer, id, uri);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("count", state.Schemas.Count);
        });
    }

    private Task SchemaAsync(HttpContext context, string id) => int.TryParse(id, out int number) && state.Schemas.TryGetValue(number, out string? uri)
        ? JsonAsync(context, writer => WriteSchema(writer, number, uri))
        : TextAsync(context, 404, "Schema not found");

    private Task SchemaIdAsync(HttpContext context, string uri) => state.Schemas.FirstOrDefault(schema => schema.Value == uri) is { Key: > 0 and int id }
        ? RawAsync(context, id.ToString(CultureInfo.InvariantCulture))
        : TextAsync(context, 404, "Schema not found");

    private static void WriteSchema(Utf8JsonWriter writer, int id, string uri)
    {
        writer.WriteNumber("id", id);
        writer.WriteString("uri", uri);
        writer.WriteString("name", "schema " + uri);
        writer.WriteString("owner", "perf-team");
        writer.WriteString("access", "PUBLIC");
        writer.WriteNull("schema");
    }

    private static void WriteRun(Utf8JsonWriter writer, FakeRun run)
    {
        writer.WriteNumber("id", run.Id);
        writer.WriteNumber("testid", run.TestId);
        writer.WriteString("testname", "example-test");
        WriteStart(writer, run);
        writer.WriteNumber("stop", run.Stop);
        writer.WriteString("owner", "perf-team");
        writer.WriteString("access", "PUBLIC");
        writer.WriteBoolean("trashed", run.Trashed);
        writer.WriteString("description", "nightly");
        WriteSchemas(writer, run);
        writer.WriteStartArray("datasets");
        writer.WriteNumberValue(run.DatasetId);
        writer.WriteEndArray();
        writer.WriteNull("validationErrors");
    }

    private static void WriteDataset(Utf8JsonWriter writer, FakeRun run)
    {
        writer.WriteNumber("id", run.DatasetId);
        writer.WriteNumber("runId", run.Id);
        writer.WriteNumber("ordinal", 0);
        writer.WriteNumber("testId", run.TestId);
        writer.WriteString("testname", "example-test");
        WriteStart(writer, run);
        writer.WriteNumber("stop", run.Stop);
        writer.WriteString("owner", "perf-team");
        writer.WriteString("access", "PUBLIC");
        WriteSchemas(writer, run);
    }

    private static void WriteStart(Utf8JsonWriter writer, FakeRun run)
    {
        if (run.WithoutStart)
        {
            writer.WriteNull("start");
        }
        else
        {
            writer.WriteNumber("start", run.Start);
        }
    }

    private static void WriteSchemas(Utf8JsonWriter writer, FakeRun run)
    {
        writer.WriteStartArray("schemas");
        writer.WriteStartObject();
        writer.WriteNumber("id", 1);
        writer.WriteString("name", "example");
        writer.WriteString("uri", run.SchemaUri);
        writer.WriteNumber("source", 0);
        writer.WriteNumber("type", 0);
        writer.WriteNull("key");
        writer.WriteBoolean("hasJsonSchema", false);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static IEnumerable<FakeRun> Sort(HttpContext context, List<FakeRun> runs, Func<FakeRun, long> byDefault)
    {
        Func<FakeRun, long> key = Query(context, "sort") == "id" ? run => run.Id : byDefault;
        IOrderedEnumerable<FakeRun> startedFirst = runs.OrderBy(run => run.WithoutStart);
        return Query(context, "direction") == "Ascending" ? startedFirst.ThenBy(key) : startedFirst.ThenByDescending(key);
    }

    private static IEnumerable<FakeRun> Page(HttpContext context, IEnumerable<FakeRun> runs)
    {
        int limit = Number(context, "limit", int.MaxValue);
        int page = Number(context, "page", 1);
        return limit is <= 0 or int.MaxValue ? runs : runs.Skip((page - 1) * limit).Take(limit);
    }

    private static string? Query(HttpContext context, string name) => context.Request.Query[name].FirstOrDefault();

    private static int Number(HttpContext context, string name, int byDefault) =>
        int.TryParse(Query(context, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : byDefault;

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain;charset=UTF-8";
        return context.Response.WriteAsync(text);
    }

    private Task RawAsync(HttpContext context, string json) => SendAsync(context, Encoding.UTF8.GetBytes(json));

    private Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write) => WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    private Task ArrayAsync(HttpContext context, Action<Utf8JsonWriter> write) => WriteAsync(context, writer =>
    {
        writer.WriteStartArray();
        write(writer);
        writer.WriteEndArray();
    });

    private Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            write(writer);
        }

        return SendAsync(context, body.ToArray());
    }

    private async Task SendAsync(HttpContext context, byte[] json)
    {
        byte[] body = state.ByteOrderMark ? [.. "\uFEFF"u8, .. json] : json;
        context.Response.ContentType = "application/json";
        if (state.Compress)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using GZipStream compressed = new(context.Response.Body, CompressionLevel.Fastest);
            await compressed.WriteAsync(body);
            return;
        }

        context.Response.ContentLength = state.HideLengths ? null : body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    [GeneratedRegex("^/api/config/version$")]
    private static partial Regex VersionPath();

    [GeneratedRegex("^/api/test/summary$")]
    private static partial Regex SummaryPath();

    [GeneratedRegex("^/api/test/byName/([^/]+)$")]
    private static partial Regex ByNamePath();

    [GeneratedRegex(@"^/api/test/(\d+)$")]
    private static partial Regex TestPath();

    [GeneratedRegex(@"^/api/test/(\d+)/labelValues$")]
    private static partial Regex TestLabelsPath();

    [GeneratedRegex(@"^/api/run/list/(\d+)$")]
    private static partial Regex RunListPath();

    [GeneratedRegex("^/api/run/list$")]
    private static partial Regex RunAllPath();

    [GeneratedRegex("^/api/run/bySchema$")]
    private static partial Regex RunBySchemaPath();

    [GeneratedRegex("^/api/run/count$")]
    private static partial Regex RunCountPath();

    [GeneratedRegex(@"^/api/run/(\d+)(|/data|/metadata|/summary|/labelValues)$")]
    private static partial Regex RunPath();

    [GeneratedRegex("^/api/run/data$")]
    private static partial Regex UploadPath();

    [GeneratedRegex(@"^/api/dataset/list/(?:byTest/(\d+)|bySchema)$")]
    private static partial Regex DatasetListPath();

    [GeneratedRegex(@"^/api/dataset/(\d+)(|/summary|/labelValues)$")]
    private static partial Regex DatasetPath();

    [GeneratedRegex("^/api/schema$")]
    private static partial Regex SchemaListPath();

    [GeneratedRegex("^/api/schema/idByUri/([^/]+)$")]
    private static partial Regex SchemaIdPath();

    [GeneratedRegex(@"^/api/schema/(\d+)$")]
    private static partial Regex SchemaPath();
}
