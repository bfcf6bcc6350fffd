using Microsoft.Extensions.Configuration.Memory;

namespace McpOptimizer.Server.Configuration;

/// <summary>Settings that every other source of settings overrides: the program's own defaults for keys of others.</summary>
internal static class WeakSettings
{
    public static void Add(IHostApplicationBuilder builder, string key, string value) => ((IConfigurationBuilder)builder.Configuration).Sources.Insert(
        0, new MemoryConfigurationSource { InitialData = new Dictionary<string, string?> { [key] = value } });
}
