namespace Integration.Running;

/// <summary>Where the built programs are.</summary>
internal static class Programs
{
    public static string Optimizer { get; } = PathOf("McpOptimizer.Server");

    /// <summary>The five hosts: the four samples, and the fixture of the conformance suite.</summary>
    public static string Of(string name) => name == "Fleet.Metadata.Server" ? PathOf(name, "fleet-metadata") : PathOf(name);

    public static string StubBackend { get; } = PathOf("StubBackend");

    /// <summary>A servers file with one stub server a name; <paramref name="extra"/> are further arguments of all of them.</summary>
    public static string ServersFile(string folder, IEnumerable<string> names, params string[] extra)
    {
        string path = Path.Combine(folder, "servers.json");
        string arguments = string.Concat(extra.Select(argument => $", {System.Text.Json.JsonSerializer.Serialize(argument)}"));
        IEnumerable<string> entries = names.Select(name => $"\"{name}\": {{ \"command\": \"dotnet\", \"args\": [\"{StubBackend}\"{arguments}] }}");
        File.WriteAllText(path, $"{{ \"mcpServers\": {{ {string.Join(", ", entries)} }} }}");
        return path;
    }

    // artifacts/bin/Integration/debug/ → artifacts/bin/NAME/debug/NAME.dll
    private static string PathOf(string name, string? file = null)
    {
        DirectoryInfo output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(output.Parent!.Parent!.FullName, name, output.Name, (file ?? name) + ".dll");
    }
}
