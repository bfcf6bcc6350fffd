using System.Text;
using System.Text.Json;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>
/// Reads a list of runs as Horreum writes it, in one pass and without a string for what repeats from run to run: such lists are the largest answers that are read
/// at all, and the serializer takes three times as long. Whatever is not plainly as expected is left to the serializer, so that both always say the same.
/// </summary>
internal ref struct RunListReader
{
    private static readonly byte[][] RunMembers =
    [
        .. new[]
        {
            "id", "testid", "testname", "start", "stop", "access", "owner", "trashed", "hasMetadata", "description", "schemas", "datasets", "validationErrors",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] SchemaMembers = [.. new[] { "id", "name", "uri", "source", "type", "key", "hasJsonSchema" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] ListMembers = [.. new[] { "total", "runs" }.Select(Encoding.UTF8.GetBytes)];

    private Utf8JsonReader _json;
    private bool _isOdd;

    // What the run before had.
    private string? _testName;
    private string? _owner;
    private string? _schemaName;
    private string? _schemaUri;
    private string? _schemaKey;

    private RunListReader(ReadOnlySpan<byte> json)
    {
        _json = new Utf8JsonReader(json);
    }

    /// <summary>The list; null when the serializer has to look at it.</summary>
    public static RunsSummary? Read(ReadOnlySpan<byte> json)
    {
        RunListReader reader = new(json);
        try
        {
            RunsSummary? list = reader.ReadList();
            return reader._isOdd || reader._json.Read() ? null : list;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private RunsSummary? ReadList()
    {
        RunsSummary list = new();
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            _isOdd = true;
        }

        while (NextMember())
        {
            if (Is("total"u8))
            {
                list.Total = Long();
            }
            else if (Is("runs"u8))
            {
                list.Runs = ReadRuns();
            }
            else
            {
                SkipUnknown(ListMembers);
            }
        }

        return list;
    }

    private List<RunSummary> ReadRuns()
    {
        List<RunSummary> runs = new(128);
        for (Expect(JsonTokenType.StartArray); NextElement();)
        {
            runs.Add(ReadRun());
        }

        return runs;
    }

    private RunSummary ReadRun()
    {
        RunSummary run = new();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _isOdd = true;
        }

        while (NextMember())
        {
            if (Is("id"u8))
            {
                run.Id = Integer();
            }
            else if (Is("testid"u8))
            {
                run.TestId = Integer();
            }
            else if (Is("testname"u8))
            {
                run.TestName = Text(ref _testName);
            }
            else if (Is("start"u8))
            {
                run.Start = HorreumTimeJsonConverter.FromMilliseconds(Long());
            }
            else if (Is("stop"u8))
            {
                run.Stop = HorreumTimeJsonConverter.FromMilliseconds(Long());
            }
            else if (Is("access"u8))
            {
                run.Access = ReadAccess();
            }
            else if (Is("owner"u8))
            {
                run.Owner = Text(ref _owner);
            }
            else if (Is("trashed"u8))
            {
                run.Trashed = Flag();
            }
            else if (Is("hasMetadata"u8))
            {
                run.HasMetadata = Flag();
            }
            else if (Is("description"u8))
            {
                string? before = null;
                run.Description = Text(ref before);
            }
            else if (Is("schemas"u8))
            {
                run.Schemas = ReadSchemas()!;
            }
            else if (Is("datasets"u8))
            {
                run.Datasets = ReadIds()!;
            }
            else if (Is("validationErrors"u8))
            {
                _json.Read();
                run.ValidationErrors = JsonSerializer.Deserialize(ref _json, HorreumJsonContext.Default.IReadOnlyListValidationError)!;
            }
            else
            {
                SkipUnknown(RunMembers);
            }
        }

        return run;
    }

    private SchemaUsage[]? ReadSchemas()
    {
        if (IsNull(JsonTokenType.StartArray))
        {
            return null;
        }

        // One or two are the rule.
        List<SchemaUsage>? more = null;
        SchemaUsage? first = null;
        while (NextElement())
        {
            SchemaUsage schema = ReadSchema();
            if (first is null)
            {
                first = schema;
                continue;
            }

            (more ??= [first]).Add(schema);
        }

        return more is not null ? [.. more] : first is null ? [] : [first];
    }

    private SchemaUsage ReadSchema()
    {
        SchemaUsage schema = new();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _isOdd = true;
        }

        while (NextMember())
        {
            if (Is("id"u8))
            {
                schema.Id = Integer();
            }
            else if (Is("name"u8))
            {
                schema.Name = Text(ref _schemaName);
            }
            else if (Is("uri"u8))
            {
                schema.Uri = Text(ref _schemaUri);
            }
            else if (Is("source"u8))
            {
                schema.Source = Integer();
            }
            else if (Is("type"u8))
            {
                schema.Type = Integer();
            }
            else if (Is("key"u8))
            {
                schema.Key = Text(ref _schemaKey);
            }
            else if (Is("hasJsonSchema"u8))
            {
                schema.HasJsonSchema = Flag();
            }
            else
            {
                SkipUnknown(SchemaMembers);
            }
        }

        return schema;
    }

    private int[]? ReadIds()
    {
        if (IsNull(JsonTokenType.StartArray))
        {
            return null;
        }

        List<int>? more = null;
        int? first = null;
        while (NextElement())
        {
            int id = Here();
            if (first is null)
            {
                first = id;
                continue;
            }

            (more ??= [first.Value]).Add(id);
        }

        return more is not null ? [.. more] : first is { } only ? [only] : [];
    }

    private Access ReadAccess()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            _isOdd = true;
            return default;
        }

        return AccessJsonConverter.ReadWord(ref _json);
    }

    // Every loop ends by this: nothing is read on once something is odd.
    private bool NextMember() => !_isOdd && _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private bool NextElement() => !_isOdd && _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    private readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    private void Expect(JsonTokenType type)
    {
        _isOdd |= !_json.Read() || _json.TokenType != type;
    }

    private bool IsNull(JsonTokenType otherwise)
    {
        _json.Read();
        _isOdd |= _json.TokenType != JsonTokenType.Null && _json.TokenType != otherwise;
        return _isOdd || _json.TokenType == JsonTokenType.Null;
    }

    private int Integer()
    {
        _json.Read();
        return Here();
    }

    private int Here()
    {
        int value = 0;
        _isOdd |= _json.TokenType != JsonTokenType.Number || !_json.TryGetInt32(out value);
        return value;
    }

    private long Long()
    {
        long value = 0;
        _isOdd |= !_json.Read() || _json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out value);
        return value;
    }

    private bool Flag()
    {
        _isOdd |= !_json.Read() || _json.TokenType is not (JsonTokenType.True or JsonTokenType.False);
        return _json.TokenType == JsonTokenType.True;
    }

    private string? Text(ref string? before)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_json.TokenType != JsonTokenType.String)
        {
            _isOdd = true;
            return null;
        }

        return before is not null && _json.ValueTextEquals(before) ? before : before = _json.GetString();
    }

    // The serializer takes a known name in any case.
    private void SkipUnknown(byte[][] known)
    {
        ReadOnlySpan<byte> name = _json.ValueSpan;
        if (_json.ValueIsEscaped)
        {
            _isOdd = true;
            return;
        }

        foreach (byte[] member in known)
        {
            _isOdd |= Ascii.EqualsIgnoreCase(member, name);
        }

        _json.Skip();
    }
}
