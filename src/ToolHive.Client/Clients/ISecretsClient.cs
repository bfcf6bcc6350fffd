using ToolHive.Client.Models.Secrets;

namespace ToolHive.Client.Clients;

/// <summary>ToolHive's secret store. Values go in and never come out. 404 means that no provider is set up, 405 that it cannot do this.</summary>
public interface ISecretsClient
{
    /// <summary>Sets up a provider.</summary>
    /// <param name="providerType"><c>encrypted</c>, <c>1password</c> or <c>environment</c>.</param>
    /// <param name="password">Password of the encrypted provider; null lets ToolHive make one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SecretsSetup> SetUpAsync(string providerType, string? password = null, CancellationToken cancellationToken = default);

    /// <summary>The provider in use.</summary>
    Task<SecretsProvider> GetProviderAsync(CancellationToken cancellationToken = default);

    /// <summary>Names of all secrets.</summary>
    Task<IReadOnlyList<SecretKey>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Stores a new secret. An existing one is refused with 409.</summary>
    Task CreateAsync(string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Replaces a secret's value.</summary>
    Task UpdateAsync(string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a secret.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);
}
