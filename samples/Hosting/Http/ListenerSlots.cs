using Hosting.Security;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace Hosting.Http;

/// <summary>How many streams wait for something to be told. One caller has at most half of them, so that nobody can have all.</summary>
internal sealed class ListenerSlots(McpHostOptions host, RefusalLog refusals)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Holds a place until the result is disposed.</summary>
    /// <exception cref="RequestRejectedException">There is none.</exception>
    public IDisposable Take(HttpContext context)
    {
        string caller = Caller.Of(context);
        lock (_lock)
        {
            int own = _taken.GetValueOrDefault(caller);
            if (_count < host.MaxListeners && own < (host.MaxListeners + 1) / 2)
            {
                _count++;
                _taken[caller] = own + 1;
                return new ListenerSlot(() => Release(caller));
            }
        }

        refusals.Write(Refused.Limit, context, "one more listener than Host:MaxListeners allows (half of them to one caller).");
        throw new RequestRejectedException(
            StatusCodes.Status503ServiceUnavailable, McpErrorCode.InternalError, "The server has as many listeners as it may have. Try again later.");
    }

    private void Release(string caller)
    {
        lock (_lock)
        {
            _count--;
            if (--_taken[caller] == 0)
            {
                _taken.Remove(caller);
            }
        }
    }
}
