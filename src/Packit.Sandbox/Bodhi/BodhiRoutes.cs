using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Bodhi;

internal static class BodhiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, BodhiStandIn standIn)
    {
    }
}
