using System.Text.Json.Serialization;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Trust;

/// <summary>The JSON of <c>trust … --json</c>; that of <c>/api/trust</c> is in <see cref="Api.ApiJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(TrustWord<TrustState>), typeof(TrustWord<TrustAction>), typeof(TrustWord<FindingSeverity>), typeof(TrustWord<TrustKind>)])]
[JsonSerializable(typeof(TrustEntries))]
[JsonSerializable(typeof(TrustRecords))]
[JsonSerializable(typeof(TrustReview))]
internal sealed partial class TrustJson : JsonSerializerContext;
