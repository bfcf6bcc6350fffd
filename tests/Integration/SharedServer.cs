using System.Net.Http.Headers;
using Integration.Running;
using Shared.Testing;

namespace Integration;

/// <summary>One server for the tests that only ask.</summary>
internal static class SharedServer
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly Lazy<Task<(OptimizerProcess Server, Uri Address)>> Started = new(StartAsync);

    public static Task<(OptimizerProcess Server, Uri Address)> GetAsync() => Started.Value;

    /// <summary>A client of its API, with the secret of the one who runs it.</summary>
    public static async Task<HttpClient> ApiAsync()
    {
        (_, Uri address) = await GetAsync();
        HttpClient http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(Folder.FullPath, "optimizer.db.secret")));
        return http;
    }

    private static async Task<(OptimizerProcess Server, Uri Address)> StartAsync()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(Folder.FullPath, "--servers", Programs.ServersFile(Folder.FullPath, ["one"]));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Process.Kill(entireProcessTree: true);
            Folder.Dispose();
        };
        return (server, address);
    }
}
