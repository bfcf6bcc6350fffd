using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>How users and teams are notified.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface INotificationClient
{
    /// <summary>Lists the ways in which the server can notify. <c>GET /api/notifications/methods</c></summary>
    Task<IReadOnlyList<string>> GetMethodsAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces how a user or a team is notified. <c>POST /api/notifications/settings</c></summary>
    Task UpdateSettingsAsync(string name, bool team, IReadOnlyList<NotificationSettings> settings, CancellationToken cancellationToken = default);

    /// <summary>Reads how a user or a team is notified. <c>GET /api/notifications/settings</c></summary>
    Task<IReadOnlyList<NotificationSettings>> GetSettingsAsync(string name, bool team, CancellationToken cancellationToken = default);

    /// <summary>Sends a notification with made-up content to <paramref name="data"/>, for example an address. <c>POST /api/notifications/test</c></summary>
    Task TestAsync(string data, string? method = null, CancellationToken cancellationToken = default);
}
