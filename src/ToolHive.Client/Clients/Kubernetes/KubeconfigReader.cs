using System.Text;
using Common.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Reads kubeconfig files through YAML's node model, which needs no reflection.</summary>
internal static class KubeconfigReader
{
    /// <summary>Reads one context; of several files, the first that has an entry wins, as kubectl has it.</summary>
    /// <exception cref="ToolHiveUnavailableException">The file or the context cannot be used; the message says why.</exception>
    public static KubeconfigContext Read(IReadOnlyList<string> paths, string? contextName)
    {
        (string Path, YamlMappingNode Root)[] files = [.. paths.Select(path => (path, Load(path)))];
        string name = contextName
            ?? files.Select(file => Text(file.Root, "current-context")).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? throw Fault(paths, "names no current-context; set Context");
        (string _, YamlMappingNode context) = Find(files, "contexts", "context", name) ?? throw Fault(paths, $"has no context '{name}'");
        (string clusterPath, YamlMappingNode cluster) = Find(files, "clusters", "cluster", Text(context, "cluster") ?? "")
            ?? throw Fault(paths, $"has no cluster for context '{name}'");
        (string Path, YamlMappingNode Node)? user = Text(context, "user") is { } userName ? Find(files, "users", "user", userName) : null;
        if (!Uri.TryCreate(Text(cluster, "server"), UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https"))
        {
            throw Fault(paths, $"gives the cluster of context '{name}' no http or https address");
        }

        KubeconfigContext result = new(name, server)
        {
            Authority = Data(cluster, "certificate-authority", clusterPath),
            SkipTlsVerify = Text(cluster, "insecure-skip-tls-verify") == "true",
            TlsServerName = Text(cluster, "tls-server-name"),
            Proxy = Uri.TryCreate(Text(cluster, "proxy-url"), UriKind.Absolute, out Uri? proxy) ? proxy : null,
        };
        return user is { } known ? WithUser(result, known.Node, known.Path, paths) : result;
    }

    private static KubeconfigContext WithUser(KubeconfigContext context, YamlMappingNode user, string path, IReadOnlyList<string> paths)
    {
        if (Mapping(user, "auth-provider") is not null || Text(user, "username") is not null)
        {
            throw Fault(paths, $"signs '{context.Name}' in by auth-provider or password, which clusters no longer take; use exec, a token or a certificate");
        }

        return context with
        {
            Token = Text(user, "token"),
            TokenFile = Text(user, "tokenFile") is { } file ? Resolve(file, path) : null,
            ClientCertificate = Data(user, "client-certificate", path),
            ClientKey = Data(user, "client-key", path),
            Exec = Mapping(user, "exec") is { } exec ? ReadExec(exec, path) : null,
        };
    }

    private static ExecSettings ReadExec(YamlMappingNode exec, string path)
    {
        string command = Text(exec, "command") ?? "";
        return new ExecSettings(
            command.Contains('/', StringComparison.Ordinal) ? Resolve(command, path) : command,
            [.. Sequence(exec, "args").OfType<YamlScalarNode>().Select(argument => argument.Value ?? "")],
            Sequence(exec, "env").OfType<YamlMappingNode>().Where(pair => Text(pair, "name") is not null).ToDictionary(
                pair => Text(pair, "name")!, pair => Text(pair, "value") ?? ""),
            Text(exec, "apiVersion") ?? "client.authentication.k8s.io/v1",
            Text(exec, "installHint"));
    }

    private static (string Path, YamlMappingNode Node)? Find((string Path, YamlMappingNode Root)[] files, string list, string member, string name)
    {
        foreach ((string path, YamlMappingNode root) in files)
        {
            foreach (YamlMappingNode entry in Sequence(root, list).OfType<YamlMappingNode>().Where(entry => Text(entry, "name") == name))
            {
                return (path, Mapping(entry, member) ?? []);
            }
        }

        return null;
    }

    private static YamlMappingNode Load(string path)
    {
        try
        {
            return GuardedYaml.Load(ReadText(path)) as YamlMappingNode ?? throw Fault([path], "is no kubeconfig");
        }
        catch (YamlException e)
        {
            throw new ToolHiveUnavailableException($"The kubeconfig {path} is not YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolHiveUnavailableException($"The kubeconfig {path} cannot be read.", e);
        }
    }

    // Read piece by piece, since a pipe has no length: what is more than the YAML reader takes is left unread.
    private static string ReadText(string path)
    {
        using StreamReader reader = new(path);
        StringBuilder text = new();
        char[] piece = new char[16 * 1024];
        for (int read; text.Length <= GuardedYaml.MaxLength && (read = reader.Read(piece)) > 0;)
        {
            text.Append(piece, 0, read);
        }

        return text.ToString();
    }

    // "x-data" holds base64, "x" a path relative to the file.
    private static string? Data(YamlMappingNode owner, string member, string path)
    {
        try
        {
            return Text(owner, member + "-data") is { Length: > 0 } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : Text(owner, member) is { Length: > 0 } file ? File.ReadAllText(Resolve(file, path))
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ToolHiveUnavailableException($"The kubeconfig {path} has a '{member}' that cannot be read.", e);
        }
    }

    private static string Resolve(string file, string kubeconfig) => Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(kubeconfig))!);

    private static string? Text(YamlMappingNode owner, string name) => (GuardedYaml.Child(owner, name) as YamlScalarNode)?.Value;

    private static YamlMappingNode? Mapping(YamlMappingNode owner, string name) => GuardedYaml.Child(owner, name) as YamlMappingNode;

    private static IEnumerable<YamlNode> Sequence(YamlMappingNode owner, string name) => (GuardedYaml.Child(owner, name) as YamlSequenceNode)?.Children ?? [];

    private static ToolHiveUnavailableException Fault(IEnumerable<string> paths, string what) => new($"The kubeconfig {string.Join(", ", paths)} {what}.");
}
