using System.Diagnostics;

namespace Horreum.Client.Tests;

/// <summary>Compiles a README's block as a stranger's program: its own usings, and those that every new console project has; nothing of this project.</summary>
internal static class SnippetCompiler
{
    private const string ConsoleUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The compiled program.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message is the compiler's.</exception>
    public static async Task<byte[]> CompileAsync(string source)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("snippet");
        try
        {
            string program = Path.Combine(folder.FullName, "Program.cs");
            string usings = Path.Combine(folder.FullName, "Usings.cs");
            string output = Path.Combine(folder.FullName, "Snippet.dll");
            string response = Path.Combine(folder.FullName, "Snippet.rsp");
            await File.WriteAllTextAsync(program, source);
            await File.WriteAllTextAsync(usings, ConsoleUsings);
            string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
            string self = typeof(SnippetCompiler).Assembly.Location;
            await File.WriteAllLinesAsync(
                response,
                [
                    "-nologo", "-target:exe", "-nullable:enable", "-langversion:latest", "-warnaserror+", $"-out:\"{output}\"", $"\"{program}\"", $"\"{usings}\"",
                    .. platform.Where(file => file != self).Select(file => $"-reference:\"{file}\""),
                ]);
            (int code, string text) = await RunAsync(["exec", Compiler(), "-noconfig", $"@{response}"]);
            return code == 0 ? await File.ReadAllBytesAsync(output) : throw new InvalidOperationException(text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The compiler of the SDK that this test was built with, beside the shared framework that it runs on.
    private static string Compiler()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.GetDirectories(Path.Combine(root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Where(File.Exists)
            .MaxBy(file => File.GetLastWriteTimeUtc(file))
            ?? throw new FileNotFoundException($"There is no C# compiler below {root}.");
    }

    private static async Task<(int Code, string Text)> RunAsync(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text + await errors);
    }
}
