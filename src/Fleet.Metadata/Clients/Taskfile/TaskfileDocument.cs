using System.Text;
using Fleet.Metadata.Clients.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Fleet.Metadata.Clients.Taskfile;

/// <summary>Loads a Taskfile as YAML nodes, within bounds: its text may come from anybody.</summary>
internal static class TaskfileDocument
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxDepth = 64;

    /// <summary>The <c>tasks</c> mapping; null when there is no such file, or no tasks in it.</summary>
    /// <exception cref="IOException">The file cannot be read or is no YAML.</exception>
    public static YamlMappingNode? ReadTasks(string path)
    {
        if (BoundedFile.Read(path, MaxBytes + 1) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length > MaxBytes)
        {
            throw new IOException($"{path} is larger than {MaxBytes} bytes.");
        }

        string text = Encoding.UTF8.GetString(bytes);
        try
        {
            CheckDepth(text);
            YamlStream yaml = [];
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count > 0 && yaml.Documents[0].RootNode is YamlMappingNode root ? Child(root, "tasks") as YamlMappingNode : null;
        }
        catch (YamlException exception)
        {
            throw new IOException($"{path} is not valid YAML: {exception.Message}", exception);
        }
    }

    public static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? child) ? child : null;

    // Loading nodes recurses; a file of brackets alone must not exhaust the stack.
    private static void CheckDepth(string text)
    {
        Parser parser = new(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (depth > MaxDepth)
            {
                throw new YamlException($"it is nested more than {MaxDepth} levels deep");
            }
        }
    }
}
