using System.Text.Json;
using System.Text.Json.Serialization;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.ClientApps;
using ToolHive.Client.Models.Plugins;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Secrets;
using ToolHive.Client.Models.Skills;
using ToolHive.Client.Models.Workloads;
using Group = ToolHive.Client.Models.Groups.Group;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Bodies of <c>/api/v1beta</c>: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(TolerantDateTimeOffsetConverter), typeof(TolerantBooleanConverter)])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(DiscoveryFile))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(RegistryError))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(NameBody))]
[JsonSerializable(typeof(Workload))]
[JsonSerializable(typeof(WorkloadDetail))]
[JsonSerializable(typeof(CreateWorkloadRequest))]
[JsonSerializable(typeof(UpdateWorkloadRequest))]
[JsonSerializable(typeof(WorkloadCreated))]
[JsonSerializable(typeof(WorkloadStatusAnswer))]
[JsonSerializable(typeof(SelectionBody))]
[JsonSerializable(typeof(RunConfig))]
[JsonSerializable(typeof(UpgradeWorkloadRequest))]
[JsonSerializable(typeof(UpgradeCheckAnswer))]
[JsonSerializable(typeof(UpgradeChecksAnswer))]
[JsonSerializable(typeof(RegistriesAnswer))]
[JsonSerializable(typeof(RegistryInfo))]
[JsonSerializable(typeof(ContainerRegistryServer))]
[JsonSerializable(typeof(RemoteRegistryServer))]
[JsonSerializable(typeof(UpdateRegistryRequest))]
[JsonSerializable(typeof(UpdateRegistryAnswer))]
[JsonSerializable(typeof(GroupsAnswer))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(IReadOnlyList<ClientApp>))]
[JsonSerializable(typeof(ClientBody))]
[JsonSerializable(typeof(ClientsBody))]
[JsonSerializable(typeof(ClientStatusAnswer))]
[JsonSerializable(typeof(SetupSecretsBody))]
[JsonSerializable(typeof(SecretsSetup))]
[JsonSerializable(typeof(SecretsProvider))]
[JsonSerializable(typeof(SecretKeysAnswer))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(SecretsSetup))]
[JsonSerializable(typeof(PathBody))]
[JsonSerializable(typeof(ReferenceBody))]
[JsonSerializable(typeof(PushSkillBody))]
[JsonSerializable(typeof(BuildsAnswer))]
[JsonSerializable(typeof(ValidationReport))]
[JsonSerializable(typeof(InstallRequest))]
[JsonSerializable(typeof(SyncRequest))]
[JsonSerializable(typeof(SyncResult))]
[JsonSerializable(typeof(UpgradeRequest))]
[JsonSerializable(typeof(UpgradeOutcomesAnswer))]
[JsonSerializable(typeof(SkillsAnswer))]
[JsonSerializable(typeof(SkillInstallation))]
[JsonSerializable(typeof(SkillInfo))]
[JsonSerializable(typeof(SkillContent))]
[JsonSerializable(typeof(PluginsAnswer))]
[JsonSerializable(typeof(PluginInstallAnswer))]
[JsonSerializable(typeof(PluginInfo))]
[JsonSerializable(typeof(PluginContent))]
internal sealed partial class ToolHiveJsonContext : JsonSerializerContext;
