using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(IsoTimeJsonConverter)])]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(RunEntry))]
[JsonSerializable(typeof(RunTally))]
[JsonSerializable(typeof(TestPage))]
[JsonSerializable(typeof(TestDetails))]
[JsonSerializable(typeof(DatasetPage))]
[JsonSerializable(typeof(DatasetContent))]
[JsonSerializable(typeof(DatasetOverview))]
[JsonSerializable(typeof(SchemaPage))]
[JsonSerializable(typeof(SchemaEntry))]
[JsonSerializable(typeof(LabelValuePage))]
[JsonSerializable(typeof(IReadOnlyList<DatasetLabelValue>))]
[JsonSerializable(typeof(UploadResult))]
[JsonSerializable(typeof(SourceDescription))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class ContractCamelJsonContext : JsonSerializerContext;
