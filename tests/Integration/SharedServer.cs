using Integration.Running;
using Shared.Testing;

namespace Integration;

/// <summary>One server for the tests that only ask.</summary>
internal static class SharedServer
{
    private static readonly Lazy<Task<(OptimizerProcess Server, Uri Address)>> Started = new(StartAsync);

    public static Task<(OptimizerProcess Server, Uri Address)> GetAsync() => Started.Value;

    private static async Task<(OptimizerProcess Server, Uri Address)> StartAsync()
    {
        TemporaryFolder folder = new();
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(folder.FullPath, "--servers", Programs.ServersFile(folder.FullPath, ["one"]));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Process.Kill(entireProcessTree: true);
            folder.Dispose();
        };
        return (server, address);
    }
}
