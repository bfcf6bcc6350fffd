using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class NotificationClient(HorreumTransport transport) : INotificationClient
{
    public Task<IReadOnlyList<string>> GetMethodsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/notifications/methods"),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);

    public Task UpdateSettingsAsync(string name, bool team, IReadOnlyList<NotificationSettings> settings, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/notifications/settings").Add("name", name).Add("team", team),
            HttpBody.Json(settings, HorreumJsonContext.Default.IReadOnlyListNotificationSettings),
            cancellationToken);

    public Task<IReadOnlyList<NotificationSettings>> GetSettingsAsync(string name, bool team, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/notifications/settings").Add("name", name).Add("team", team),
            HorreumJsonContext.Default.IReadOnlyListNotificationSettings,
            cancellationToken);

    public Task TestAsync(string data, string? method = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/notifications/test").Add("data", data).Add("method", method), cancellationToken);
}
