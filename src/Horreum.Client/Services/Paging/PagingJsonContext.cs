using System.Text.Json.Serialization;

namespace Horreum.Client.Services.Paging;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PageToken))]
internal sealed partial class PagingJsonContext : JsonSerializerContext;
