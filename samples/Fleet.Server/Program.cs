using Fleet.Server;

return await FleetHost.RunAsync(args);
