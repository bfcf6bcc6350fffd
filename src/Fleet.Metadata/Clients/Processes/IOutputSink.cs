namespace Fleet.Metadata.Clients.Processes;

/// <summary>Takes a program's output piece by piece, so that nobody has to hold it all.</summary>
internal interface IOutputSink
{
    void Write(ReadOnlySpan<byte> bytes);
}
