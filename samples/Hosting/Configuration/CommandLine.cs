namespace Hosting.Configuration;

/// <summary>The two flags every host has, as configuration keys.</summary>
internal static class CommandLine
{
    public static string[] Expand(string[] args)
    {
        List<string> expanded = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--stdio")
            {
                expanded.Add($"--{OptionsBinding.SectionName}:{nameof(McpHostOptions.Stdio)}=true");
            }
            else if (args[i] == "--urls" && i + 1 < args.Length)
            {
                i++;
                expanded.Add($"--{OptionsBinding.SectionName}:{nameof(McpHostOptions.Urls)}={args[i]}");
            }
            else
            {
                expanded.Add(args[i]);
            }
        }

        return [.. expanded];
    }
}
