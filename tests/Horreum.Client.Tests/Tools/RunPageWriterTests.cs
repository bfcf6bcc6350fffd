using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Horreum.Client.Models;
using Horreum.Client.Tools;

namespace Horreum.Client.Tests.Tools;

public sealed class RunPageWriterTests
{
    private static readonly string?[] Odd = [null, "", "a", "é\"\\\n", "run 1 <b> & ü 日本", "PUBLIC"];

    private static readonly Gen<string?> Texts = Gen.Int[0, Odd.Length - 1].Select(at => Odd[at]);

    private static readonly Gen<SchemaUse> Schemas = Gen.Select(Gen.Int, Texts, Texts, Gen.Bool).Select((id, name, uri, flag) =>
        new SchemaUse { Id = id, Name = name, Uri = uri, Key = name, Source = id % 3, Type = 1, HasJsonSchema = flag });

    private static readonly Gen<RunEntry> Runs = Gen.Select(Gen.Int, Texts, Gen.Long[0, 4_000_000_000_000], Schemas.Array[0, 3], Gen.Int.Array[0, 3], Gen.Bool).Select((id, text, start, schemas, ids, flag) =>
        new RunEntry
        {
            Id = id,
            RunId = "r" + text,
            TestId = id / 2,
            TestName = text,
            Start = flag ? start : null,
            Stop = start,
            StartTime = flag ? DateTimeOffset.FromUnixTimeMilliseconds(start) : null,
            StopTime = DateTimeOffset.FromUnixTimeMilliseconds(start).ToOffset(TimeSpan.FromHours(2)),
            Access = new Access(text),
            Owner = text,
            Trashed = flag,
            HasMetadata = !flag,
            Description = text,
            Schemas = schemas,
            Datasets = ids,
            ValidationErrors = flag ? [JsonElement.Parse("""{"schemaId":1,"error":null}""")] : [],
        });

    private static readonly Gen<RunPage> Pages = Gen.Select(Runs.Array[0, 4], Gen.Bool, Texts).Select((runs, flag, text) => new RunPage
    {
        Runs = runs,
        Pagination = new Pagination { HasMore = flag, TotalCount = flag ? 7 : null, NextPageToken = text },
        Total = flag ? 7 : null,
        TimeRange = flag ? new AppliedTimeRange { From = DateTimeOffset.UnixEpoch, Defaulted = true } : null,
        Warnings = text is null ? null : [text, "b"],
    });

    [Theory]
    [InlineData(ContractNaming.CamelCase)]
    [InlineData(ContractNaming.SnakeCase)]
    public void Write_AnyPage_IsToTheLetterWhatTheSerializerWrites(ContractNaming naming) => Pages.Sample(
        page =>
        {
            ContractJson json = ContractJson.For(naming);
            ArrayBufferWriter<byte> expected = new();
            using (Utf8JsonWriter writer = new(expected, ContractJson.WriterOptions))
            {
                JsonSerializer.Serialize(writer, page, json.TypeInfo<RunPage>());
            }

            ArrayBufferWriter<byte> written = new();
            ToolResult.Of(page).WriteTo(written, json);

            Encoding.UTF8.GetString(written.WrittenSpan).Should().Be(Encoding.UTF8.GetString(expected.WrittenSpan));
        },
        iter: 500);
}
