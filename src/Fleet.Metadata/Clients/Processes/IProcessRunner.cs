namespace Fleet.Metadata.Clients.Processes;

internal interface IProcessRunner
{
    /// <summary>Runs to the end, or until the token: then the program and what it started are killed before this throws.</summary>
    /// <exception cref="IOException">The program could not be started.</exception>
    Task<ProcessOutcome> RunAsync(ProcessSpec spec, IOutputSink output, CancellationToken cancellationToken);
}
