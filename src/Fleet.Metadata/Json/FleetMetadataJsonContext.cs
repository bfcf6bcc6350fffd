using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Json;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MetadataResponse))]
[JsonSerializable(typeof(MetadataError))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(WorkspaceTaskState))]
[JsonSerializable(typeof(List<GitHubPull?>))]
[JsonSerializable(typeof(List<GitLabMergeRequest?>))]
[JsonSerializable(typeof(GitHubRepository))]
[JsonSerializable(typeof(GitLabProject))]
internal sealed partial class FleetMetadataJsonContext : JsonSerializerContext;
