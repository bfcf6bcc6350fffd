using System.Runtime.InteropServices;

namespace Hosting;

/// <summary>
/// The signals that ask a process to stop: the first one asks, the second one ends the process at once. A hang-up counts like a termination.
/// Listens from its creation on, so that a signal during the start is not lost.
/// </summary>
public sealed class StopSignals : IDisposable
{
    // What a shell reports for a program that a signal ended.
    private const int SignalExit = 128;

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public StopSignals() => _registrations =
    [
        Listen(PosixSignal.SIGHUP, 1),
        Listen(PosixSignal.SIGINT, 2),
        Listen(PosixSignal.SIGQUIT, 3),
        Listen(PosixSignal.SIGTERM, 15),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>128 and the number of the first signal, for work that it cut off; null before one.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is > 0 and int code ? code : null;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, SignalExit + number, 0) != 0)
        {
            Environment.Exit(SignalExit + number);
        }

        _asked.Cancel();
    });
}
