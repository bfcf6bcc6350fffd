namespace Hosting.Http;

/// <summary>The two eras of the protocol that one endpoint serves.</summary>
internal static class ProtocolVersions
{
    /// <summary>
    /// Every request stands alone and carries its own metadata. An unknown version is answered with this list only: the others are for handshakes.
    /// </summary>
    public static readonly string[] PerRequest = ["2026-07-28"];

    /// <summary>A handshake opens a session.</summary>
    public static readonly string[] Handshake = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>Methods of the handshake era that no longer exist.</summary>
    public static readonly string[] RemovedMethods = ["initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"];

    public static bool IsPerRequest(string? version) => Array.IndexOf(PerRequest, version) >= 0;

    public static bool IsHandshake(string? version) => Array.IndexOf(Handshake, version) >= 0;
}
