using System.Text;
using Common.Yaml;
using Fleet.Metadata.Clients.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fleet.Metadata.Clients.Taskfile;

/// <summary>Loads a Taskfile as YAML nodes, within bounds: its text may come from anybody.</summary>
internal static class TaskfileDocument
{
    private const int MaxBytes = 1024 * 1024;

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

        try
        {
            return GuardedYaml.Load(Encoding.UTF8.GetString(bytes)) is YamlMappingNode root ? GuardedYaml.Child(root, "tasks") as YamlMappingNode : null;
        }
        catch (YamlException exception)
        {
            throw new IOException($"{path} is not valid YAML: {exception.Message}", exception);
        }
    }
}
