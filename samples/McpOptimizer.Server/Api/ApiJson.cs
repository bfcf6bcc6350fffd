using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Trust;

namespace McpOptimizer.Server.Api;

/// <summary>The JSON of everything under <c>/api</c>: snake case, no nulls, enumerations as words, unknown members of a body refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 2 * JsonText.MaxDepth,
    Converters =
    [
        typeof(ApiWord<TrustState>), typeof(ApiWord<TrustAction>), typeof(ApiWord<FindingSeverity>), typeof(ApiWord<TrustKind>), typeof(ApiWord<ToolCallStatus>),
        typeof(ApiWord<BackendFailure>),
    ])]
[JsonSerializable(typeof(CallerAnswer))]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(FoundAnswer))]
[JsonSerializable(typeof(CallRequest))]
[JsonSerializable(typeof(CalledAnswer))]
[JsonSerializable(typeof(ResultPartAnswer))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(ToolsAnswer))]
[JsonSerializable(typeof(ToolAnswer))]
[JsonSerializable(typeof(CallsAnswer))]
[JsonSerializable(typeof(SettingsAnswer))]
[JsonSerializable(typeof(ProfilesAnswer))]
[JsonSerializable(typeof(TrustEntries))]
[JsonSerializable(typeof(TrustRecords))]
[JsonSerializable(typeof(TrustReview))]
[JsonSerializable(typeof(TrustRequest))]
[JsonSerializable(typeof(LearningBody))]
[JsonSerializable(typeof(ForgetBody))]
[JsonSerializable(typeof(ForgottenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ApiJson : JsonSerializerContext;
