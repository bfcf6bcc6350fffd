using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>
/// Writes a page of runs to the letter as the serializer does, from names that are encoded once: such pages are the largest answers that are made here, and the
/// serializer takes three times as long.
/// </summary>
internal sealed class RunPageWriter
{
    private static readonly JsonEncodedText Id = Encode("id");
    private static readonly JsonEncodedText TestId = Encode("testid");
    private static readonly JsonEncodedText TestName = Encode("testname");
    private static readonly JsonEncodedText Start = Encode("start");
    private static readonly JsonEncodedText Stop = Encode("stop");
    private static readonly JsonEncodedText AccessName = Encode("access");
    private static readonly JsonEncodedText Owner = Encode("owner");
    private static readonly JsonEncodedText Trashed = Encode("trashed");
    private static readonly JsonEncodedText HasMetadata = Encode("hasMetadata");
    private static readonly JsonEncodedText Description = Encode("description");
    private static readonly JsonEncodedText Schemas = Encode("schemas");
    private static readonly JsonEncodedText Datasets = Encode("datasets");
    private static readonly JsonEncodedText ValidationErrors = Encode("validationErrors");
    private static readonly JsonEncodedText Name = Encode("name");
    private static readonly JsonEncodedText Uri = Encode("uri");
    private static readonly JsonEncodedText Source = Encode("source");
    private static readonly JsonEncodedText Type = Encode("type");
    private static readonly JsonEncodedText Key = Encode("key");
    private static readonly JsonEncodedText HasJsonSchema = Encode("hasJsonSchema");
    private readonly JsonEncodedText _runs;
    private readonly JsonEncodedText _pagination;
    private readonly JsonEncodedText _total;
    private readonly JsonEncodedText _timeRange;
    private readonly JsonEncodedText _warnings;
    private readonly JsonEncodedText _runId;
    private readonly JsonEncodedText _startTime;
    private readonly JsonEncodedText _stopTime;
    private readonly ContractJson _json;

    public RunPageWriter(ContractJson json)
    {
        _json = json;
        _runs = Encode(json.Name("runs"));
        _pagination = Encode(json.Name("pagination"));
        _total = Encode(json.Name("total"));
        _timeRange = Encode(json.Name("timeRange"));
        _warnings = Encode(json.Name("warnings"));
        _runId = Encode(json.Name("runId"));
        _startTime = Encode(json.Name("startTime"));
        _stopTime = Encode(json.Name("stopTime"));
    }

    public void Write(Utf8JsonWriter writer, RunPage page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(_runs);
        foreach (RunEntry run in page.Runs)
        {
            Write(writer, run);
        }

        writer.WriteEndArray();
        writer.WritePropertyName(_pagination);
        JsonSerializer.Serialize(writer, page.Pagination, _json.TypeInfo<Pagination>());
        if (page.Total is { } total)
        {
            writer.WriteNumber(_total, total);
        }

        if (page.TimeRange is { } range)
        {
            writer.WritePropertyName(_timeRange);
            JsonSerializer.Serialize(writer, range, _json.TypeInfo<AppliedTimeRange>());
        }

        if (page.Warnings is { } warnings)
        {
            writer.WriteStartArray(_warnings);
            foreach (string warning in warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, RunEntry run)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Id, run.Id);
        writer.WriteString(_runId, run.RunId);
        writer.WriteNumber(TestId, run.TestId);
        WriteText(writer, TestName, run.TestName);
        WriteNumber(writer, Start, run.Start);
        WriteNumber(writer, Stop, run.Stop);
        WriteTime(writer, _startTime, run.StartTime);
        WriteTime(writer, _stopTime, run.StopTime);
        writer.WriteString(AccessName, run.Access.Value);
        WriteText(writer, Owner, run.Owner);
        writer.WriteBoolean(Trashed, run.Trashed);
        writer.WriteBoolean(HasMetadata, run.HasMetadata);
        WriteText(writer, Description, run.Description);
        writer.WriteStartArray(Schemas);
        foreach (SchemaUse schema in run.Schemas)
        {
            Write(writer, schema);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(Datasets);
        foreach (int dataset in run.Datasets)
        {
            writer.WriteNumberValue(dataset);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(ValidationErrors);
        foreach (JsonElement error in run.ValidationErrors)
        {
            error.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SchemaUse schema)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Id, schema.Id);
        WriteText(writer, Name, schema.Name);
        WriteText(writer, Uri, schema.Uri);
        writer.WriteNumber(Source, schema.Source);
        writer.WriteNumber(Type, schema.Type);
        WriteText(writer, Key, schema.Key);
        writer.WriteBoolean(HasJsonSchema, schema.HasJsonSchema);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, JsonEncodedText name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonEncodedText name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            Span<byte> text = stackalloc byte[IsoTimeJsonConverter.Length];
            IsoTimeJsonConverter.Format(value, text);
            writer.WriteString(name, text);
        }
    }

    private static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name);
}
