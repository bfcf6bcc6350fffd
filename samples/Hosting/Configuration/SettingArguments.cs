namespace Hosting.Configuration;

/// <summary>Tells settings of a command line, <c>--Section:Key value</c> or <c>--Section:Key=value</c>, from its options.</summary>
internal static class SettingArguments
{
    /// <summary>The settings, each as one argument, and all else in its order.</summary>
    public static (string[] Settings, string[] Others) Split(string[] args)
    {
        List<string> settings = [];
        List<string> rest = [];
        for (int i = 0; i < args.Length; i++)
        {
            string key = args[i].Split('=', 2)[0];
            if (!key.StartsWith("--", StringComparison.Ordinal) || !key.Contains(':', StringComparison.Ordinal))
            {
                rest.Add(args[i]);
            }
            else if (key.Length < args[i].Length || i + 1 == args.Length)
            {
                settings.Add(args[i]);
            }
            else
            {
                settings.Add($"{args[i]}={args[++i]}");
            }
        }

        return ([.. settings], [.. rest]);
    }
}
