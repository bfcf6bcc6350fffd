namespace Hosting.Sessions;

/// <summary>Keeps a session from being swept while a request uses it.</summary>
internal sealed class SessionLease(HttpSession session) : IDisposable
{
    public void Dispose() => session.Release();
}
