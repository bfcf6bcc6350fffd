using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Secrets;

namespace ToolHive.Client.Clients;

internal sealed class SecretsClient(ToolHiveConnection connection) : ISecretsClient
{
    private const string Base = ApiPath.Root + "secrets";
    private const string Keys = Base + "/default/keys";

    private static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    public Task<SecretsSetup> SetUpAsync(string providerType, string? password = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(providerType);
        SetupSecretsBody body = new() { ProviderType = providerType, Password = password };
        return connection.ReadAsync(ToolHiveConnection.WithBody(HttpMethod.Post, Base, body, Json.SetupSecretsBody), Json.SecretsSetup, cancellationToken);
    }

    public Task<SecretsProvider> GetProviderAsync(CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Base + "/default"), Json.SecretsProvider, cancellationToken);

    public async Task<IReadOnlyList<SecretKey>> ListAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(new ApiCall(HttpMethod.Get, Keys), Json.SecretKeysAnswer, cancellationToken).ConfigureAwait(false)).Keys ?? [];

    public Task CreateAsync(string key, string value, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentException.ThrowIfNullOrEmpty(value);
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Keys, new SecretBody { Key = key, Value = value }, Json.SecretBody), cancellationToken);
    }

    public Task UpdateAsync(string key, string value, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Put, Path(key), new SecretBody { Value = value }, Json.SecretBody), cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(key)), cancellationToken);

    private static string Path(string key) => $"{Keys}/{ApiPath.Segment(key, nameof(key))}";
}
